import type { Door } from './doors.ts';

/** Where a request goes. */
export interface Location {
  readonly door: Door;
  /** Percent-encoded, beginning with a slash: what the API sees, with the stage where a stage is named. */
  readonly path: string;
  /** What stands before that in the client's path; empty where the host name leads to the door. */
  readonly prefix: string;
}

/** The first segment of paths, and the second label of host names, as AWS has them in its host names. */
export const apiWord = 'execute-api';
export const urlWord = 'lambda-url';

/**
 * The door that a request is for: by host name (`<api>.execute-api.localhost`, `<function>.lambda-url.localhost`),
 * else by path (`/execute-api/<api>/...`, `/lambda-url/<function>/...`).
 *
 * @param path percent-encoded, without the query.
 */
export function locate(
  doors: readonly Door[],
  host: string | undefined,
  path: string,
): Location | 'unknown' | 'index' {
  const byHost = /^([^.:]+)\.(execute-api|lambda-url)\.localhost(?::\d+)?$/i.exec(host ?? '');
  if (byHost) {
    const door = find(doors, byHost[2] ?? '', byHost[1] ?? '');
    return door ? { door, path, prefix: '' } : 'unknown';
  }
  const byPath = /^(\/(execute-api|lambda-url)\/([^/]+))(\/.*)?$/.exec(path);
  if (!byPath) return path === '/' ? 'index' : 'unknown';
  const [, prefix = '', word = '', id = '', rest = '/'] = byPath;
  const door = find(doors, word, id);
  return door ? { door, path: rest, prefix } : 'unknown';
}

function find(doors: readonly Door[], word: string, id: string): Door | undefined {
  const isUrl = word.toLowerCase() === urlWord;
  return doors.find(door => (door.kind === 'functionUrl') === isUrl && door.id === id.toLowerCase());
}
