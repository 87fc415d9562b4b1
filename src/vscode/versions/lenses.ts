import * as vscode from 'vscode';
import type { FunctionAlias, FunctionVersion } from '../../model/target.ts';
import { messageOf } from '../../shared/errors.ts';
import type { FunctionReference, FunctionStates } from './functionStates.ts';
import { keyOf } from './functionStates.ts';
import type { ShownHandler, VersionsServices } from './services.ts';
import { routingText, versionLabel } from './texts.ts';

interface WorkingTree {
  /** Of what the workspace builds now. */
  readonly codeSha256: string;
  /** The API has put something else into `$LATEST`. */
  readonly isHeld: boolean;
}

/** A burst of saves is one change. */
const pauseMs = 300;

/**
 * Over each handler whose function has aliases: which of them run the code as it stands, and which run something
 * else. Shown while the target runs; nothing is started for it.
 */
export class AliasCodeLenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #services: VersionsServices;
  readonly #states: FunctionStates;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #trees = new Map<string, Promise<WorkingTree | undefined>>();
  readonly #subscription: vscode.Disposable;
  #timer: NodeJS.Timeout | undefined;
  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(services: VersionsServices, states: FunctionStates) {
    this.#services = services;
    this.#states = states;
    const forget = () => {
      this.#trees.clear();
      this.#tellSoon();
    };
    this.#subscription = vscode.Disposable.from(
      states.onDidChange(() => this.#tellSoon()),
      states.onDidChangeFunctions(forget),
      services.projects.onDidChange(forget),
      services.projects.onDidChangeSources(forget),
      vscode.workspace.onDidSaveTextDocument(forget),
    );
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const folder = vscode.workspace.getWorkspaceFolder(document.uri);
    if (!folder || !this.#services.targets.current(folder)) return [];
    const handlers = await this.#services.handlersOf(document);
    const lenses = await Promise.all(handlers.map(handler => this.#lensesOf(folder, handler, document)));
    return lenses.flat();
  }

  async #lensesOf(
    folder: vscode.WorkspaceFolder,
    { line, column, functions }: ShownHandler,
    document: vscode.TextDocument,
  ): Promise<readonly vscode.CodeLens[]> {
    const place = new vscode.Position(line - 1, column - 1);
    const lenses: vscode.CodeLens[] = [];
    for (const { name } of functions) {
      const reference = { folder, functionName: name };
      const state = this.#states.of(reference);
      await state?.settled;
      const aliases = state?.view.aliases ?? [];
      if (aliases.length === 0) continue;
      const tree = document.isDirty ? undefined : await this.#workingTree(reference);
      const text = lensText(aliases, state?.view.versions ?? [], tree, document.isDirty);
      lenses.push(
        new vscode.CodeLens(new vscode.Range(place, place), {
          title: functions.length === 1 ? text : `${name}: ${text}`,
          tooltip: [
            vscode.l10n.t('Compare the working tree of {0} with a version', name),
            ...aliases.map(alias => `${alias.name}: ${routingText(alias)}`),
          ].join('\n'),
          command: 'lambdaLens.compareVersions',
          arguments: [{ folder: folder.uri, functionName: name, other: 'workspace' }],
        }),
      );
    }
    return lenses;
  }

  #workingTree(reference: FunctionReference): Promise<WorkingTree | undefined> {
    const key = keyOf(reference.folder, reference.functionName);
    const known = this.#trees.get(key);
    if (known) return known;
    const reading = this.#read(reference).catch(error => {
      this.#services.log.debug(`What ${reference.functionName} is now is not known: ${messageOf(error)}`);
      return undefined;
    });
    this.#trees.set(key, reading);
    return reading;
  }

  async #read({ folder, functionName }: FunctionReference): Promise<WorkingTree | undefined> {
    const target = this.#services.targets.current(folder);
    if (!target?.engine) return undefined;
    const [{ version }, latest] = await Promise.all([
      target.configuration(functionName, '$LATEST'),
      target.engine.latest(functionName),
    ]);
    return { codeSha256: version.codeSha256, isHeld: latest.heldBy === 'api' };
  }

  #tellSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#changed.fire(), pauseMs);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}

/** `DEV runs this code · PROD v3 runs other code` */
function lensText(
  aliases: readonly FunctionAlias[],
  versions: readonly FunctionVersion[],
  tree: WorkingTree | undefined,
  isDirty: boolean,
): string {
  const codeOf = new Map(versions.map(({ version, codeSha256 }) => [version, codeSha256]));
  const runs = (version: string) => version === '$LATEST' || codeOf.get(version) === tree?.codeSha256;
  if (isDirty || !tree || tree.isHeld) {
    const reason = isDirty
      ? vscode.l10n.t('not saved')
      : tree
        ? vscode.l10n.t('$LATEST is what the API has put there')
        : vscode.l10n.t('not compared');
    return [...aliases.map(alias => `${alias.name} ${routingText(alias)}`), reason].join(' · ');
  }
  const same: string[] = [];
  const partly: string[] = [];
  const other: string[] = [];
  for (const alias of aliases) {
    const { name, version, additional } = alias;
    const count = Number(runs(version)) + Number(additional !== undefined && runs(additional.version));
    if (count === (additional ? 2 : 1)) same.push(name);
    else if (count > 0) partly.push(`${name} ${routingText(alias)}`);
    else other.push(`${name} ${additional ? routingText(alias) : versionLabel(version)}`);
  }
  return [
    ...(same.length > 0
      ? [
          same.length === 1
            ? vscode.l10n.t('{0} runs this code', same.join())
            : vscode.l10n.t('{0} run this code', same.join(', ')),
        ]
      : []),
    ...(partly.length > 0 ? [vscode.l10n.t('{0} partly', partly.join(', '))] : []),
    ...(other.length > 0 ? [vscode.l10n.t('{0} differs', other.join(', '))] : []),
  ].join(' · ');
}
