// Which functions of node:fs take paths, and what they write. Each is there with a callback, with `Sync` behind
// its name, and with a promise, unless it is said to have one form only.

/** Their first argument is a path. */
export const pathFunctions = [
  'access',
  'appendFile',
  'chmod',
  'chown',
  'exists',
  'lchmod',
  'lchown',
  'lstat',
  'lutimes',
  'mkdir',
  'mkdtemp',
  'mkdtempDisposable',
  'open',
  'opendir',
  'readFile',
  'readdir',
  'readlink',
  'realpath',
  'rm',
  'rmdir',
  'stat',
  'statfs',
  'truncate',
  'unlink',
  'utimes',
  'writeFile',
  // With one form only.
  'createReadStream',
  'createWriteStream',
  'openAsBlob',
  'unwatchFile',
  'watch',
  'watchFile',
] as const;

/** Their first two arguments are paths. */
export const twoPathFunctions = ['copyFile', 'cp', 'link', 'rename', 'symlink'] as const;

/** How many bytes `fs.write(fd, ...)` is asked to write. */
export function bytesToWrite([data, second, third]: readonly unknown[]): number {
  if (typeof data === 'string') return Buffer.byteLength(data);
  const bytes = byteLengthOf(data);
  if (typeof second === 'object' && second !== null) {
    const { offset = 0, length } = second as { offset?: number; length?: number };
    return length ?? bytes - offset;
  }
  const offset = typeof second === 'number' ? second : 0;
  return typeof third === 'number' ? third : bytes - offset;
}

/** Of what is written whole: a text, bytes, or several of them. */
export function byteLengthOf(data: unknown): number {
  if (typeof data === 'string') return Buffer.byteLength(data);
  if (ArrayBuffer.isView(data)) return data.byteLength;
  return Array.isArray(data) ? data.reduce<number>((sum, each) => sum + byteLengthOf(each), 0) : 0;
}
