import * as vscode from 'vscode';
import { eventFileOf, eventNameFault, eventsFolder, savedEventsAmong } from '../../events/saved/places.ts';
import { messageOf, UserError } from '../../shared/errors.ts';
import { findJsonFault } from '../../shared/jsonFault.ts';
import type { InvokeTarget } from './pick.ts';

/** A saved event as a file. */
export interface EventFile {
  readonly name: string;
  readonly uri: vscode.Uri;
}

/** The saved events of a function, by name. */
export async function savedEvents(target: InvokeTarget): Promise<readonly EventFile[]> {
  const directory = directoryOf(target);
  let entries: [string, vscode.FileType][];
  try {
    entries = await vscode.workspace.fs.readDirectory(directory);
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return [];
    throw error;
  }
  const files = entries.filter(([, type]) => type !== vscode.FileType.Directory).map(([name]) => name);
  return savedEventsAmong(files).map(({ name, file }) => ({
    name,
    uri: vscode.Uri.joinPath(directory, file),
  }));
}

/** The saved event of that name. @throws UserError where there is none. */
export async function findSaved(target: InvokeTarget, name: string): Promise<{ read(): Promise<string> }> {
  const saved = await savedEvents(target);
  const found = saved.find(event => event.name === name);
  if (found) return { read: () => readEvent(found.uri) };
  const { name: functionName } = target.definition;
  throw new UserError(
    saved.length === 0
      ? vscode.l10n.t('{0} has no saved events.', functionName)
      : vscode.l10n.t(
          '{0} has no saved event {1}. It has: {2}.',
          functionName,
          name,
          saved.map(event => event.name).join(', '),
        ),
  );
}

/** The text of an event as the editor has it. @throws UserError where it is gone or no JSON. */
export async function readEvent(uri: vscode.Uri): Promise<string> {
  const text = await readText(uri);
  const fault = findJsonFault(new TextEncoder().encode(text));
  if (!fault) return text;
  throw new UserError(
    vscode.l10n.t(
      '{0} is not valid JSON at line {1}, column {2}: {3}. Correct it and invoke again.',
      vscode.workspace.asRelativePath(uri),
      fault.line,
      fault.column,
      fault.message,
    ),
  );
}

/** Asks for a name, writes the event there and opens it. Undefined when the user turns away. */
export async function saveEvent(
  target: InvokeTarget,
  text: string,
  suggestion: string,
): Promise<vscode.Uri | undefined> {
  const taken = new Set((await savedEvents(target)).map(({ name }) => name));
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Save Event of {0}', target.definition.name),
    prompt: vscode.l10n.t('The name of the event; it is saved in .lambda-lens/events.'),
    value: freeName(suggestion, taken),
    validateInput: value =>
      eventNameFault(value) ??
      (taken.has(value) ? vscode.l10n.t('There is an event of that name already.') : undefined),
  });
  return name === undefined ? undefined : writeEvent(target, name, text);
}

/** Writes an event and opens it. */
async function writeEvent(target: InvokeTarget, name: string, text: string): Promise<vscode.Uri> {
  const uri = vscode.Uri.joinPath(directoryOf(target), eventFileOf(name));
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  await vscode.window.showTextDocument(uri);
  return uri;
}

/** JSON as people read it. */
export function formatEvent(event: unknown): string {
  return `${JSON.stringify(event, undefined, 2)}\n`;
}

function directoryOf({ folder, definition }: InvokeTarget): vscode.Uri {
  return vscode.Uri.joinPath(folder.uri, ...eventsFolder, definition.name);
}

/** The text of a file as the editor has it. @throws UserError where it cannot be read. */
export async function readText(uri: vscode.Uri): Promise<string> {
  const open = vscode.workspace.textDocuments.find(document => document.uri.toString() === uri.toString());
  if (open) return open.getText();
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch (error) {
    throw new UserError(
      vscode.l10n.t(
        '{0} cannot be read: {1}. Choose another event.',
        vscode.workspace.asRelativePath(uri),
        messageOf(error),
      ),
      { cause: error },
    );
  }
}

function freeName(suggestion: string, taken: ReadonlySet<string>): string {
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? suggestion : `${suggestion}-${count}`;
    if (!taken.has(name)) return name;
  }
}
