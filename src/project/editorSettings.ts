import { join } from 'node:path';
import { messageOf, UserError } from '../shared/errors.ts';
import { nodeFiles, type ProjectFiles } from './files.ts';

/**
 * A setting that the folder's `.vscode/settings.json` has for everyone who works on it; undefined where there is none.
 *
 * @throws UserError when the file cannot be read or is not what VS Code understands.
 */
export async function readEditorSetting(
  folder: string,
  name: string,
  files: Pick<ProjectFiles, 'read'> = nodeFiles,
): Promise<unknown> {
  const file = join(folder, '.vscode', 'settings.json');
  const content = await files.read(file);
  if (content.kind === 'missing') return undefined;
  if (content.kind === 'unreadable') throw new UserError(`Cannot read ${file}: ${content.reason}.`);
  try {
    const settings: unknown = JSON.parse(withoutComments(content.text));
    const isObject = typeof settings === 'object' && settings !== null;
    return isObject ? (settings as Readonly<Record<string, unknown>>)[name] : undefined;
  } catch (cause) {
    throw new UserError(`Cannot read ${file}: ${messageOf(cause)}. Correct it there.`, { cause });
  }
}

/** JSON as VS Code's settings are written, with comments and a comma behind the last value, as JSON. */
function withoutComments(text: string): string {
  const tokens = /"(?:[^"\\]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;
  const plain = text
    .replace(/^\uFEFF/, '')
    .replaceAll(tokens, token => (token.startsWith('"') ? token : ' '));
  return plain.replaceAll(/"(?:[^"\\]|\\.)*"|,(?=\s*[}\]])/g, token => (token === ',' ? '' : token));
}
