import type { Disposable } from '../../shared/disposable.ts';
import { UserError } from '../../shared/errors.ts';
import { openSqlite } from '../store/database.ts';

/**
 * Takes an exclusive lock that the operating system lets go of when this process ends, however it ends.
 *
 * SQLite's own file locks serve, because Node.js has no others: a transaction that is never committed.
 * The file must not be opened by anything else in this process, since closing it there would end the lock.
 *
 * @returns undefined when another process (or another lock of this one) holds it.
 * @throws UserError when the file cannot be opened.
 */
export function tryLock(file: string): Disposable | undefined {
  const database = openSqlite(file);
  try {
    database.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE;');
  } catch (error) {
    database.close();
    if (isBusy(error)) return undefined;
    throw new UserError(`${file} cannot be locked. Check that its folder can be written.`, { cause: error });
  }
  return { dispose: () => database.close() };
}

/** https://www.sqlite.org/rescode.html#busy */
function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === 5;
}
