import { statSync } from 'node:fs';
import path from 'node:path';
import type { Clock } from '../../shared/clock.ts';

/**
 * How long a package's files are taken to be as they were: there are many, and they change by installing. So are
 * the settings that do not exist: one is looked for in every folder up to the root of the file system.
 */
const trustedMs = 1000;

/** File systems note times in ticks of up to 10 ms (FAT, which keeps 2 s, is not considered). */
const tickMs = 20;

/** What a build was made from, to tell whether it is still up to date. */
export interface Inputs {
  /** Whether nothing has changed since. */
  fresh(): boolean;
}

/**
 * @param files absolute paths of everything that was read; nothing about them may have been known before
 * `startedAt`
 * @param startedAt epoch milliseconds at which the build began: what was written since may have been read before
 */
export function recordInputs(
  files: readonly string[],
  startedAt: number,
  clock: Pick<Clock, 'monotonic'>,
): Inputs {
  const isPackage = (file: string) => file.includes(`${path.sep}node_modules${path.sep}`);
  const sources = files.filter(file => !isPackage(file));
  const settings = stampsOf(settingsFiles(sources[0]));
  const isAbsent = ([, stamp]: readonly [string, Stamp]) => stamp.modifiedAt === 0;
  const own = [...stampsOf(sources), ...settings.filter(each => !isAbsent(each))];
  const trusted = [...stampsOf(files.filter(isPackage)), ...settings.filter(isAbsent)];
  const racy = [...own, ...trusted].some(([, stamp]) => stamp.modifiedAt >= startedAt - tickMs);
  let trustedSeenAt = clock.monotonic();
  return {
    fresh: () => {
      if (racy || !own.every(unchanged)) return false;
      if (clock.monotonic() - trustedSeenAt < trustedMs) return true;
      trustedSeenAt = clock.monotonic();
      return trusted.every(unchanged);
    },
  };
}

interface Stamp {
  readonly text: string;
  /** Epoch milliseconds; 0 where there is no file. */
  readonly modifiedAt: number;
}

function stampsOf(files: readonly string[]): readonly (readonly [string, Stamp])[] {
  return files.map(file => [file, stampOf(file)] as const);
}

function unchanged([file, stamp]: readonly [string, Stamp]): boolean {
  return stampOf(file).text === stamp.text;
}

function stampOf(file: string): Stamp {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats === undefined) return { text: 'absent', modifiedAt: 0 };
  const modifiedAt = Math.max(stats.mtimeMs, stats.ctimeMs);
  return { text: `${stats.mtimeMs} ${stats.ctimeMs} ${stats.size} ${stats.ino}`, modifiedAt };
}

/** The files beside and above an entry that tell the bundler how to read it, whether they exist or not. */
function settingsFiles(entry: string | undefined): string[] {
  const files: string[] = [];
  if (entry === undefined) return files;
  for (let folder = path.dirname(entry); ; folder = path.dirname(folder)) {
    files.push(path.join(folder, 'tsconfig.json'), path.join(folder, 'package.json'));
    if (path.dirname(folder) === folder) return files;
  }
}
