import { basename, dirname, relative, sep } from 'node:path';
import type { FunctionDefinition } from '../model/functionDefinition.ts';
import type { Reading } from './reading.ts';

/**
 * What the names of each root's functions need before them to be told apart, by the file of the root: AWS puts
 * the name of the stack before every name that a template leaves to it, so that templates of one workspace may
 * use the same logical ids. Roots whose names are their own need nothing.
 */
export function qualifiersOf(projectRoot: string, readings: readonly Reading[]): ReadonlyMap<string, string> {
  const shared = readings.filter(sharesIdsWith(readings));
  const candidates = [
    (reading: Reading) => reading.content.stacks.find(({ file }) => file === reading.file)?.name ?? '',
    (reading: Reading) => relative(projectRoot, dirname(reading.file)).split(sep).join('-'),
    (reading: Reading) =>
      relative(projectRoot, reading.file)
        .replace(/\.[^.]*$/, '')
        .split(sep)
        .join('-'),
  ];
  return new Map(
    shared.map(reading => {
      const distinct = candidates.find(
        candidate =>
          candidate(reading) !== '' &&
          shared.every(other => other === reading || candidate(other) !== candidate(reading)),
      );
      const text = distinct?.(reading) ?? basename(reading.file);
      return [reading.file, text.replace(/[^0-9A-Za-z-]+/g, '-').slice(0, maximumLength)] as const;
    }),
  );
}

/** Of the 64 characters of a function's name some are left for its own. */
const maximumLength = 32;

function sharesIdsWith(readings: readonly Reading[]): (reading: Reading) => boolean {
  const counts = new Map<string, number>();
  const idsOf = ({ content }: Reading) =>
    content.functions.filter(hasGeneratedName).map(each => each.logicalId);
  for (const id of readings.flatMap(idsOf)) counts.set(id, (counts.get(id) ?? 0) + 1);
  return reading => idsOf(reading).some(id => (counts.get(id) ?? 0) > 1);
}

function hasGeneratedName({ name, logicalId, ranges }: FunctionDefinition): boolean {
  return ranges?.name === undefined && name.endsWith(logicalId);
}
