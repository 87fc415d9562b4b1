import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import * as vscode from 'vscode';
import type { SourceFile, VersionSources } from '../../../model/target.ts';
import { UserError } from '../../../shared/errors.ts';
import { type ComparedFile, differingFiles, type FileDifference } from '../differences.ts';
import { routingText, versionLabel } from '../texts.ts';
import { emptyUri, type VersionFiles, versionUri } from '../versionFiles.ts';
import { type ActionServices, argumentsOf, type ChosenFunction, type Given, nodeOf } from './action.ts';
import { chooseFunction, pickVersion } from './choose.ts';
import { inProgress, tellDone } from './confirm.ts';

/** One side of a comparison. */
type Side =
  | { readonly kind: 'version'; readonly version: string; readonly label: string }
  /** The files on the disk. */
  | { readonly kind: 'workspace'; readonly label: string };

interface SideFile extends ComparedFile {
  readonly uri: vscode.Uri;
}

/** How many files are shown side by side at once. */
const mostShown = 300;

/**
 * Shows what of the code and the configuration differs between two versions, or between one and the working tree.
 *
 * @returns the names of the files that differ
 */
export async function compareVersions(
  given: Given,
  services: ActionServices & { readonly files: VersionFiles },
): Promise<readonly string[] | undefined> {
  const title = vscode.l10n.t('Compare With');
  const chosen = await chooseFunction(given, title, services);
  const left = chosen && (await firstSide(given, chosen));
  const right = left && (await secondSide(given, chosen, left));
  if (!right) return undefined;
  return inProgress(async () => {
    if (right.kind === 'workspace' && chosen.target.engine) await vscode.workspace.saveAll(false);
    const differences = await compare(chosen, left, right, services.files);
    const names = differences.map(({ name }) => name);
    const what = `${chosen.definition.name}: ${left.label} ↔ ${right.label}`;
    if (differences.length === 0) tellDone(vscode.l10n.t('{0}: nothing differs.', what));
    else await show(what, differences.slice(0, mostShown));
    return names;
  });
}

async function firstSide(given: Given, chosen: ChosenFunction): Promise<Side | undefined> {
  const node = nodeOf(given);
  if (node?.kind === 'version') return versionSide(node.version.version);
  if (node?.kind === 'alias') return aliasSide(node.alias);
  if (node?.kind === 'qualifier') return versionSide(node.qualifier);
  const { version, alias } = argumentsOf(given);
  if (version !== undefined) return versionSide(version);
  const name = alias;
  if (name !== undefined) return aliasSide(await chosen.target.alias(chosen.definition.name, name));
  const picked = await pickVersion(chosen, {
    title: vscode.l10n.t('Compare Versions of {0}', chosen.definition.name),
    placeholder: vscode.l10n.t('Which version?'),
    latest: true,
  });
  return picked === undefined ? undefined : versionSide(picked);
}

async function secondSide(given: Given, chosen: ChosenFunction, left: Side): Promise<Side | undefined> {
  const { target, definition } = chosen;
  const { other } = argumentsOf(given);
  const aliases = await target.aliases(definition.name);
  const inTemplate =
    definition.entryFile !== undefined || definition.definedAt.file !== definition.codeDirectory;
  const workspace: Side = { kind: 'workspace', label: vscode.l10n.t('Working Tree') };
  if (other !== undefined) {
    if (other === 'workspace') return workspace;
    const alias = aliases.find(({ name }) => name === other);
    return alias ? aliasSide(alias) : versionSide(other);
  }
  const versions = (await Array.fromAsync(target.versions(definition.name))).flat().toReversed();
  const leftVersion = left.kind === 'version' ? left.version : undefined;
  const items = [
    ...(inTemplate
      ? [
          {
            label: `$(folder) ${workspace.label}`,
            description: vscode.l10n.t('the files as they are on the disk'),
            side: workspace,
          },
        ]
      : []),
    { label: '$(versions) $LATEST', description: '', side: versionSide('$LATEST') },
    ...aliases.map(alias => ({
      label: `$(tag) ${alias.name}`,
      description: routingText(alias),
      side: aliasSide(alias),
    })),
    ...versions.map(({ version, description }) => ({
      label: `$(git-commit) ${versionLabel(version)}`,
      description,
      side: versionSide(version),
    })),
  ].filter(({ side }) => side.kind === 'workspace' || side.version !== leftVersion);
  if (items.length === 0) {
    throw new UserError(vscode.l10n.t('There is nothing to compare {0} with yet.', left.label));
  }
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Compare {0} {1} With', definition.name, left.label),
    placeHolder: vscode.l10n.t('With what?'),
    matchOnDescription: true,
  });
  return picked?.side;
}

function versionSide(version: string): Side & { readonly kind: 'version' } {
  return { kind: 'version', version, label: versionLabel(version) };
}

/** Of an alias that shares its traffic, what the most of it has run so far. */
function aliasSide({ name, version }: { readonly name: string; readonly version: string }): Side & {
  readonly kind: 'version';
} {
  return { kind: 'version', version, label: `${name} (${versionLabel(version)})` };
}

async function compare(
  chosen: ChosenFunction,
  left: Side,
  right: Side,
  files: VersionFiles,
): Promise<readonly FileDifference<SideFile>[]> {
  const { target } = chosen;
  if (left.kind === 'workspace') return [];
  const before = await files.read(target, chosen, left.version);
  // What the working tree is configured with is what the template says: `$LATEST` where it is the workspace's.
  const isHeld =
    right.kind === 'workspace' &&
    (await target.engine?.latest(chosen.definition.name))?.heldBy !== 'workspace';
  const after = isHeld ? undefined : await files.read(target, chosen, versionToRead(right));
  const isOther = after !== undefined && after.configuration !== before.configuration;
  const configuration: readonly FileDifference<SideFile>[] = isOther
    ? [
        {
          name: 'configuration.json',
          left: { uri: versionUri(before.snapshot), size: 0, checksum: 0 },
          right: { uri: versionUri(after.snapshot), size: 1, checksum: 0 },
        },
      ]
    : [];
  if (right.kind === 'version') {
    if (!after) return configuration;
    const side = (contents: typeof before) =>
      new Map(
        contents.sources.files.map(file => [
          file.name,
          { ...file, uri: versionUri(contents.snapshot, file) },
        ]),
      );
    return [...differingFiles<SideFile>(side(before), side(after)), ...configuration];
  }
  const published = byPath(chosen, before.sources, file => versionUri(before.snapshot, file));
  const paths = new Set([
    ...published.keys(),
    ...(after ? byPath(chosen, after.sources, file => versionUri(after.snapshot, file)).keys() : []),
  ]);
  const onDisk = new Map<string, SideFile>();
  for (const name of paths) {
    const file = path.join(chosen.folder.uri.fsPath, name);
    const bytes = await readFile(file).catch(() => undefined);
    if (bytes) onDisk.set(name, { uri: vscode.Uri.file(file), size: bytes.length, checksum: crc32(bytes) });
  }
  return [...differingFiles<SideFile>(published, onDisk), ...configuration];
}

function versionToRead(side: Side): string {
  return side.kind === 'version' ? side.version : '$LATEST';
}

/** By where they lie in the workspace folder. */
function byPath(
  { folder, definition }: ChosenFunction,
  { files, relativeTo }: VersionSources,
  uriOf: (file: SourceFile) => vscode.Uri,
): ReadonlyMap<string, SideFile> {
  const from = relativeTo === 'workspace' ? folder.uri.fsPath : definition.codeDirectory;
  return new Map(
    files.map(file => [
      path.relative(folder.uri.fsPath, path.join(from, file.name)),
      { uri: uriOf(file), size: file.size, checksum: file.checksum },
    ]),
  );
}

async function show(title: string, differences: readonly FileDifference<SideFile>[]): Promise<void> {
  const [first, ...others] = differences;
  if (!first) return;
  if (others.length === 0) {
    const left = first.left?.uri ?? emptyUri(first.name);
    const right = first.right?.uri ?? emptyUri(first.name);
    await vscode.commands.executeCommand(
      'vscode.diff',
      left,
      right,
      `${path.basename(first.name)} (${title})`,
    );
    return;
  }
  await vscode.commands.executeCommand(
    'vscode.changes',
    title,
    differences.map(({ name, left, right }) => [
      (right ?? left)?.uri ?? emptyUri(name),
      left?.uri ?? emptyUri(name),
      right?.uri ?? emptyUri(name),
    ]),
  );
}
