import fs from 'node:fs';
import Module from 'node:module';
import path from 'node:path';
import { byteLengthOf, bytesToWrite, pathFunctions, twoPathFunctions } from './fsFunctions.ts';
import type { LiteralPaths } from './literalPaths.ts';
import { noSpaceError, TmpQuota } from './tmpQuota.ts';

type Fn = (this: unknown, ...given: unknown[]) => unknown;
type Functions = Record<string, Fn | undefined>;
/** Called before the function, with its arguments; throws to keep it from being called. */
type Before = (given: unknown[]) => void;

/**
 * Has the functions of node:fs, `require` and `process.chdir` take the literal paths of Lambda for the folders
 * that stand for them, and lets no more be written to /tmp than there is room for. What native code and child
 * processes do is out of reach.
 *
 * @param tmp the folder that stands for /tmp
 */
export function patchFs(paths: LiteralPaths, tmp: string, limitBytes: number): void {
  const { readdirSync, lstatSync } = fs;
  const measure = (folder: string): number => measured(folder, readdirSync, lstatSync);
  const quota = new TmpQuota(
    limitBytes,
    () => measure(tmp),
    () => performance.now(),
  );
  const roots = [tmp, fs.realpathSync(tmp)].map(folder => folder + path.sep);
  const inTmp = (file: unknown): boolean =>
    typeof file === 'string' && roots.some(root => path.resolve(file).startsWith(root));
  /** Open for writing, below /tmp. */
  const tmpFiles = new Set<unknown>();
  const take = (bytes: number) => {
    if (!quota.take(bytes)) throw noSpaceError();
  };

  /** What is written whole; a stream is counted as it comes. */
  const takeData = (given: unknown[], at: number) => {
    const data = given[at];
    if (isStream(data)) given[at] = counted(data, chunk => take(byteLengthOf(chunk)));
    else take(byteLengthOf(data));
  };

  const mapFirst: Before = given => {
    given[0] = mapped(given[0], paths);
  };
  const mapTwo: Before = given => {
    given[0] = mapped(given[0], paths);
    given[1] = mapped(given[1], paths);
  };
  /** What a function writes, by its name; called with paths that are mapped already. */
  const writes: Readonly<Record<string, Before>> = {
    writeFile: given => {
      if (inTmp(given[0]) || tmpFiles.has(given[0])) takeData(given, 1);
    },
    appendFile: given => {
      if (inTmp(given[0]) || tmpFiles.has(given[0])) takeData(given, 1);
    },
    copyFile: ([from, to]) => {
      if (inTmp(to)) take(measure(String(from)));
    },
    cp: ([from, to]) => {
      if (inTmp(to)) take(measure(String(from)));
    },
  };
  for (const [names, map] of [
    [pathFunctions, mapFirst],
    [twoPathFunctions, mapTwo],
  ] as const) {
    for (const name of names) {
      const before: Before = given => {
        map(given);
        writes[name]?.(given);
      };
      patchForms(name, before);
    }
  }
  patchForms('write', ([file, ...rest]) => {
    if (tmpFiles.has(file)) take(bytesToWrite(rest));
  });
  patchForms('writev', ([file, buffers]) => {
    if (tmpFiles.has(file)) take(byteLengthOf(buffers));
  });
  patchNative();
  patchOpen();
  patchStatfs();
  patchProcess(paths);
  Module.syncBuiltinESMExports();

  /** What is opened is known by its descriptor. */
  function patchOpen(): void {
    const note = (file: unknown, descriptor: unknown) => {
      if (inTmp(file)) tmpFiles.add(descriptor);
      else tmpFiles.delete(descriptor);
    };
    wrap(functionsOf(fs), 'openSync', (open, given) => {
      const descriptor = open(...given);
      note(mapped(given[0], paths), descriptor);
      return descriptor;
    });
    wrap(functionsOf(fs), 'open', (open, given) => {
      const callback = given.at(-1) as Fn;
      const file = mapped(given[0], paths);
      return open(...given.slice(0, -1), (error: unknown, descriptor: unknown) => {
        if (!error) note(file, descriptor);
        callback(error, descriptor);
      });
    });
    let handlesArePatched = false;
    wrap(functionsOf(fs.promises), 'open', async (open, given) => {
      const handle = (await open(...given)) as fs.promises.FileHandle;
      note(mapped(given[0], paths), handle.fd);
      // There is no other way to the methods of handles.
      if (!handlesArePatched) patchFileHandle(Object.getPrototypeOf(handle));
      handlesArePatched = true;
      return handle;
    });
  }

  function patchFileHandle(prototype: object): void {
    const guard = (name: string, before: Before) =>
      wrap(functionsOf(prototype), name, async function (this: unknown, method, given) {
        if (tmpFiles.has((this as fs.promises.FileHandle).fd)) before(given);
        return method(...given);
      });
    guard('write', given => take(bytesToWrite(given)));
    guard('writev', ([buffers]) => take(byteLengthOf(buffers)));
    guard('writeFile', given => takeData(given, 0));
    guard('appendFile', given => takeData(given, 0));
  }

  /** /tmp is as large as the function has it. */
  function patchStatfs(): void {
    const limited = (stats: fs.StatsFs, file: unknown): fs.StatsFs => {
      const target = mapped(file, paths);
      if (target !== tmp && !inTmp(target)) return stats;
      const free = Math.floor(quota.freeBytes() / Number(stats.bsize));
      const sizes = { blocks: Math.floor(quota.limitBytes / Number(stats.bsize)), bfree: free, bavail: free };
      const isBig = typeof stats.bsize === 'bigint';
      for (const [name, value] of Object.entries(sizes)) {
        Object.assign(stats, { [name]: isBig ? BigInt(value) : value });
      }
      return stats;
    };
    wrap(functionsOf(fs), 'statfsSync', (statfs, given) => limited(statfs(...given) as fs.StatsFs, given[0]));
    wrap(functionsOf(fs.promises), 'statfs', async (statfs, given) =>
      limited((await statfs(...given)) as fs.StatsFs, given[0]),
    );
    wrap(functionsOf(fs), 'statfs', (statfs, given) => {
      const callback = given.at(-1) as Fn;
      return statfs(...given.slice(0, -1), (error: unknown, stats: fs.StatsFs) =>
        error ? callback(error) : callback(null, limited(stats, given[0])),
      );
    });
  }

  /** `realpath.native` is a function of its own. */
  function patchNative(): void {
    for (const name of ['realpath', 'realpathSync'] as const) {
      wrap(fs[name] as unknown as Functions, 'native', (native, given) => {
        mapFirst(given);
        return native(...given);
      });
    }
  }
}

/** The three forms of a function. */
function patchForms(name: string, before: Before): void {
  wrap(functionsOf(fs), `${name}Sync`, (call, given) => {
    before(given);
    return call(...given);
  });
  wrap(functionsOf(fs.promises), name, async (call, given) => {
    before(given);
    return call(...given);
  });
  wrap(functionsOf(fs), name, (call, given) => {
    try {
      before(given);
    } catch (error) {
      const callback = given.at(-1);
      if (typeof callback !== 'function') throw error;
      process.nextTick(callback as Fn, error);
      return undefined;
    }
    return call(...given);
  });
}

function patchProcess(paths: LiteralPaths): void {
  const { chdir } = process;
  process.chdir = folder => chdir(paths(folder));
  const loader = Module as unknown as { _resolveFilename: Fn };
  const resolve = loader._resolveFilename;
  loader._resolveFilename = function (request, ...rest) {
    return resolve.call(this, typeof request === 'string' ? paths(request) : request, ...rest);
  };
}

/** Puts a function around another one, which keeps its name and its own properties; where there is one. */
function wrap(
  owner: Functions,
  name: string,
  around: (this: unknown, original: Fn, given: unknown[]) => unknown,
): void {
  const original = owner[name];
  if (original === undefined) return;
  const wrapped: Fn = function (...given) {
    return around.call(this, original.bind(this) as Fn, given);
  };
  Object.defineProperties(wrapped, Object.getOwnPropertyDescriptors(original));
  owner[name] = wrapped;
}

function functionsOf(owner: object): Functions {
  return owner as Functions;
}

/** A path as text, as bytes, or as a URL; anything else, such as a descriptor, stays. */
function mapped(given: unknown, paths: LiteralPaths): unknown {
  if (typeof given === 'string') return paths(given);
  if (given instanceof URL && /^\/(?:tmp|opt)(?:\/|$)/.test(given.pathname)) {
    return given.protocol === 'file:' ? paths(decodeURIComponent(given.pathname)) : given;
  }
  if (Buffer.isBuffer(given) && /^\/(?:tmp|opt)/.test(given.toString('latin1', 0, 4))) {
    return paths(given.toString());
  }
  return given;
}

function isStream(data: unknown): data is Iterable<unknown> | AsyncIterable<unknown> {
  if (typeof data !== 'object' || data === null || ArrayBuffer.isView(data)) return false;
  return Symbol.asyncIterator in data || Symbol.iterator in data;
}

async function* counted(
  data: Iterable<unknown> | AsyncIterable<unknown>,
  count: (chunk: unknown) => void,
): AsyncIterable<unknown> {
  for await (const chunk of data) {
    count(chunk);
    yield chunk;
  }
}

/** The bytes of a file, or of everything in a folder. */
function measured(file: string, readdirSync: typeof fs.readdirSync, lstatSync: typeof fs.lstatSync): number {
  const stats = lstatSync(file, { throwIfNoEntry: false });
  if (stats === undefined) return 0;
  if (!stats.isDirectory()) return stats.size;
  try {
    return readdirSync(file).reduce(
      (sum, name) => sum + measured(path.join(file, name), readdirSync, lstatSync),
      0,
    );
  } catch {
    // Removed in the meantime.
    return 0;
  }
}
