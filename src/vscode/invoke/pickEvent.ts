import * as vscode from 'vscode';
import { savedEventsAmong } from '../../events/saved/places.ts';
import { messageOf, UserError } from '../../shared/errors.ts';
import type { Services } from '../services.ts';
import type { InvokeTarget } from './pick.ts';

interface EventItem extends vscode.QuickPickItem {
  readonly read: () => Promise<string>;
}

/** Asks for the event: a saved one, the last one, or an empty object. Undefined when the user turns away. */
export async function pickEvent(
  target: InvokeTarget,
  engines: Services['engines'],
): Promise<string | undefined> {
  const last = await engines.current(target.folder)?.lastEvent(target.definition.name);
  const saved = await savedEvents(target);
  const items: EventItem[] = [
    ...(last === undefined
      ? []
      : [
          {
            label: vscode.l10n.t('$(history) Last event'),
            description: oneLine(last),
            read: () => Promise.resolve(last),
          },
        ]),
    ...saved.map(uri => ({
      label: `$(json) ${baseName(uri)}`,
      description: vscode.workspace.asRelativePath(uri),
      read: () => readEvent(uri),
    })),
    {
      label: vscode.l10n.t('$(symbol-namespace) Empty event'),
      description: '{}',
      read: () => Promise.resolve('{}'),
    },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Invoke {0}', target.definition.name),
    placeHolder: vscode.l10n.t('With which event?'),
    matchOnDescription: true,
  });
  return picked?.read();
}

/** The files of `.lambda-lens/events/<function>/`, by name. */
async function savedEvents({ folder, definition }: InvokeTarget): Promise<vscode.Uri[]> {
  const directory = vscode.Uri.joinPath(folder.uri, '.lambda-lens', 'events', definition.name);
  let entries: [string, vscode.FileType][];
  try {
    entries = await vscode.workspace.fs.readDirectory(directory);
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return [];
    throw error;
  }
  const files = entries.filter(([, type]) => type !== vscode.FileType.Directory).map(([name]) => name);
  return savedEventsAmong(files).map(({ file }) => vscode.Uri.joinPath(directory, file));
}

async function readEvent(uri: vscode.Uri): Promise<string> {
  const open = vscode.workspace.textDocuments.find(document => document.uri.toString() === uri.toString());
  const text = open?.getText() ?? new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  try {
    JSON.parse(text);
  } catch (error) {
    throw new UserError(
      vscode.l10n.t(
        '{0} is not valid JSON: {1}. Correct it and invoke again.',
        vscode.workspace.asRelativePath(uri),
        messageOf(error),
      ),
    );
  }
  return text;
}

function baseName(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1).replace(/\.json$/, '');
}

function oneLine(json: string): string {
  const text = json.replace(/\s+/g, ' ');
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
