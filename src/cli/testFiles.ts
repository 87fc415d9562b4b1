import type { Dirent } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { type Expectation, parseExpectation } from '../events/expectation/expectation.ts';
import { eventsFolder, savedEventsAmong, strayExpectationsAmong } from '../events/saved/places.ts';
import { messageOf, UserError } from '../shared/errors.ts';
import { findJsonFault } from '../shared/jsonFault.ts';

/** A saved event with what is expected of its invocation. */
export interface SavedTest {
  readonly functionName: string;
  readonly name: string;
  /** Below the workspace folder. */
  readonly eventFile: string;
  readonly expectationFile: string;
}

export interface SavedTests {
  readonly tests: readonly SavedTest[];
  /** Functions that have a folder of saved events. */
  readonly functions: readonly string[];
  /** Below the workspace folder: expectations of events that are not there. */
  readonly stray: readonly string[];
}

/** The saved events below a workspace folder that are tests: by function, then by name. */
export async function findSavedTests(root: string): Promise<SavedTests> {
  const folder = join(root, ...eventsFolder);
  const functions = (await entries(folder))
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name)
    .sort();
  const tests: SavedTest[] = [];
  const stray: string[] = [];
  for (const functionName of functions) {
    const files = (await entries(join(folder, functionName)))
      .filter(entry => !entry.isDirectory())
      .map(entry => entry.name);
    const place = (file: string) => relative(root, join(folder, functionName, file));
    for (const { name, file, expectationFile } of savedEventsAmong(files)) {
      if (expectationFile === undefined) continue;
      tests.push({ functionName, name, eventFile: place(file), expectationFile: place(expectationFile) });
    }
    stray.push(...strayExpectationsAmong(files).map(place));
  }
  return { tests, functions, stray };
}

/** The text of an event and the expectation. @throws UserError where one of the files cannot be used. */
export async function readSavedTest(
  root: string,
  { eventFile, expectationFile }: SavedTest,
): Promise<{ readonly event: string; readonly expectation: Expectation }> {
  const event = await read(root, eventFile);
  const fault = findJsonFault(Buffer.from(event));
  if (fault) {
    throw new UserError(
      `${eventFile} is no JSON: line ${fault.line}, column ${fault.column}: ${fault.message}.`,
    );
  }
  return { event, expectation: parseExpectation(await read(root, expectationFile), expectationFile) };
}

async function read(root: string, file: string): Promise<string> {
  try {
    return await readFile(join(root, file), 'utf8');
  } catch (error) {
    throw new UserError(`${file} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}

async function entries(folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw new UserError(`${folder} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}
