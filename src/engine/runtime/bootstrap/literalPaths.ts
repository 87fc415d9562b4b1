import { existsSync } from 'node:fs';
import path from 'node:path';

/** What the folders of Lambda are on this machine. */
export interface LocalFolders {
  /** The environment's own /tmp. */
  readonly tmp: string;
  /** What is laid over one another as /opt, in that order. */
  readonly opt: readonly string[];
}

/** What the engine gives the bootstrap as an argument, as JSON. */
export interface BootstrapFolders extends LocalFolders {
  /** How much may be in /tmp. */
  readonly tmpBytes: number;
  /** Wait for a debugger before the function's code is loaded. */
  readonly debug: boolean;
}

/** Turns a path that means a folder of Lambda into what stands for it here; every other stays as it is. */
export type LiteralPaths = (given: string) => string;

/**
 * A handler that writes to the literal `/tmp` means its environment's own, which it has to itself.
 *
 * @param ownPaths what the process needs of this machine: where one of them lies below /tmp, that folder of /tmp
 * is meant as it is
 */
export function literalPaths(folders: LocalFolders, ownPaths: readonly string[]): LiteralPaths {
  const kept = new Set(ownPaths.map(own => /^\/tmp\/([^/]+)/.exec(own)?.[1]));
  const optFolders = folders.opt.toReversed();
  return given => {
    if (!/^\/(?:tmp|opt)(?:\/|$)/.test(given)) return given;
    const normal = path.posix.normalize(given);
    const [, top, first = ''] = normal.split('/');
    const rest = normal.slice(4);
    if (top === 'tmp') return first !== '' && kept.has(first) ? given : path.join(folders.tmp, rest);
    if (top !== 'opt' || optFolders.length === 0) return given;
    const candidates = optFolders.map(folder => path.join(folder, rest));
    return candidates.find(candidate => existsSync(candidate)) ?? candidates[0] ?? given;
  };
}
