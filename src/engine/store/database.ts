import type { DatabaseSync } from 'node:sqlite';
import { isUserError, messageOf, UserError } from '../../shared/errors.ts';
import { migrate } from './migrations.ts';

/**
 * Opens the engine's database and brings its tables up to date.
 *
 * @throws UserError when the runtime has no SQLite, when the file belongs to a newer version of Lambda Lens,
 *   and when it cannot be opened.
 */
export function openDatabase(file: string): DatabaseSync {
  const database = openSqlite(file);
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 2000;');
    migrate(database, file);
    return database;
  } catch (error) {
    database.close();
    if (isUserError(error)) throw error;
    throw new UserError(
      `The database ${file} cannot be used: ${messageOf(error)}. Delete it to start with an empty history.`,
      { cause: error },
    );
  }
}

/** A bare SQLite file, for those who need its locks only. */
export function openSqlite(file: string): DatabaseSync {
  // Not imported: on a runtime without the module that would end the process before it can say why.
  const sqlite = process.getBuiltinModule('node:sqlite');
  if (!sqlite) {
    throw new UserError(
      `Lambda Lens keeps its state in node:sqlite, which this runtime (Node.js ${process.versions.node}) does not have. Use Node.js 22.13 or newer, or VS Code 1.103 or newer.`,
    );
  }
  try {
    return new sqlite.DatabaseSync(file);
  } catch (error) {
    throw new UserError(
      `${file} cannot be opened: ${messageOf(error)}. Check that its folder can be written.`,
      { cause: error },
    );
  }
}
