import * as vscode from 'vscode';
import type { SourceFile, Target, VersionSources } from '../../model/target.ts';
import { messageOf } from '../../shared/errors.ts';
import type { Services } from '../services.ts';
import { configurationText } from './differences.ts';
import { versionLabel } from './texts.ts';

/** The scheme of what was published: nothing there can be changed. */
const versionScheme = 'lambda-lens-version';

/** A version of a function as it was when it was asked for: `$LATEST` may be another by now. */
export interface Snapshot {
  readonly folder: vscode.WorkspaceFolder;
  readonly functionName: string;
  readonly version: string;
  /** Of the code, in base64. */
  readonly codeSha256: string;
}

interface Contents {
  readonly sources: VersionSources;
  /** Text. */
  readonly configuration: string;
}

/** How many versions are kept in memory. */
const mostKept = 12;

/** The files of versions, for the diff editor: read once, and again when a window is opened anew. */
export class VersionFiles {
  readonly #targets: Services['targets'];
  readonly #kept = new Map<string, Promise<Contents>>();

  constructor(targets: Services['targets']) {
    this.#targets = targets;
  }

  /** @throws TargetError where the target does not have it. */
  async read(
    target: Target,
    { folder, definition }: Pick<SnapshotFunction, 'folder' | 'definition'>,
    version: string,
  ): Promise<Contents & { readonly snapshot: Snapshot }> {
    const { version: described } = await target.configuration(definition.name, version);
    const snapshot = { folder, functionName: definition.name, version, codeSha256: described.codeSha256 };
    // A configuration may change without the code.
    if (version === '$LATEST') this.#kept.delete(keyOf(snapshot));
    return { ...(await this.#contents(target, snapshot)), snapshot };
  }

  /** Of a file of a version, or of its configuration. @throws FileSystemError. */
  async bytesOf(uri: vscode.Uri): Promise<Uint8Array> {
    const { snapshot, name } = parse(uri);
    if (!snapshot) return new Uint8Array();
    const contents = await this.#known(uri, snapshot);
    if (name === undefined) return new TextEncoder().encode(contents.configuration);
    const file = contents.sources.files.find(each => each.name === name);
    if (!file) throw vscode.FileSystemError.FileNotFound(uri);
    return file.read();
  }

  async #known(uri: vscode.Uri, snapshot: Snapshot): Promise<Contents> {
    const kept = this.#kept.get(keyOf(snapshot));
    if (kept) return kept;
    // A diff that is open from the window before starts nothing.
    const target = this.#targets.current(snapshot.folder);
    if (!target) {
      throw vscode.FileSystemError.Unavailable(
        vscode.l10n.t('The local Lambda service is not running. Start it, and open the comparison again.'),
      );
    }
    try {
      return await this.#contents(target, snapshot);
    } catch (error) {
      throw vscode.FileSystemError.Unavailable(`${uri.path}: ${messageOf(error)}`);
    }
  }

  #contents(target: Target, snapshot: Snapshot): Promise<Contents> {
    const key = keyOf(snapshot);
    const kept = this.#kept.get(key);
    if (kept) return kept;
    const { functionName, version } = snapshot;
    const reading = Promise.all([
      target.sources(functionName, version),
      target.configuration(functionName, version),
    ]).then(([sources, { document }]) => ({ sources, configuration: configurationText(document) }));
    this.#kept.set(key, reading);
    reading.catch(() => this.#kept.delete(key));
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest);
    return reading;
  }
}

interface SnapshotFunction {
  readonly folder: vscode.WorkspaceFolder;
  readonly definition: { readonly name: string };
}

/** @param name of the file; absent: the configuration. */
export function versionUri(snapshot: Snapshot, file?: SourceFile): vscode.Uri {
  const { folder, functionName, version, codeSha256 } = snapshot;
  return vscode.Uri.from({
    scheme: versionScheme,
    path: `/${functionName} ${versionLabel(version)}/${file?.name ?? 'configuration.json'}`,
    query: JSON.stringify({
      folder: folder.uri.toString(),
      functionName,
      version,
      codeSha256,
      ...(file ? { name: file.name } : {}),
    }),
  });
}

/** What stands on the side of a diff where there is no such file. */
export function emptyUri(name: string): vscode.Uri {
  return vscode.Uri.from({ scheme: versionScheme, path: `/${name}` });
}

function parse({ query }: vscode.Uri): { readonly snapshot?: Snapshot; readonly name?: string } {
  if (query === '') return {};
  const {
    folder: uri,
    name,
    ...rest
  } = JSON.parse(query) as Omit<Snapshot, 'folder'> & {
    readonly folder: string;
    readonly name?: string;
  };
  const folder = vscode.workspace.workspaceFolders?.find(each => each.uri.toString() === uri);
  if (!folder) throw vscode.FileSystemError.FileNotFound(vscode.l10n.t('Its folder is not open any more.'));
  return { snapshot: { ...rest, folder }, ...(name === undefined ? {} : { name }) };
}

function keyOf({ folder, functionName, version, codeSha256 }: Snapshot): string {
  return `${folder.uri} ${functionName} ${version} ${codeSha256}`;
}
