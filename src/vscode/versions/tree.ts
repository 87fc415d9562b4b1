import * as vscode from 'vscode';
import { messageOf } from '../../shared/errors.ts';
import type {
  AliasesNode,
  ApiFunctionNode,
  FunctionNode,
  FunctionsNode,
  NoticeNode,
  VersionsNode,
} from '../functions/nodes.ts';
import type { Services } from '../services.ts';
import { ApiFunctions, definitionOf } from './apiFunctions.ts';
import type { FunctionView } from './functionState.ts';
import { type FunctionReference, type FunctionStates, keyOf } from './functionStates.ts';
import { aliasesTo } from './texts.ts';

/** How long the tree waits for what it could show at once, before it says that it is still loading. */
const patienceMs = 100;

/** How many versions are shown before somebody asks for more. */
const shownAtFirst = 100;

/** How many functions are drawn at once before the rest follows: rows are dear, and a screen has fifty. */
const drawnAtFirst = 100;
const drawingPauseMs = 600;

interface Groups {
  readonly versions: VersionsNode;
  readonly aliases: AliasesNode;
}

/** The part of the Functions tree that is below a function, and the functions that no template has. */
export class VersionsTree implements vscode.Disposable {
  readonly #states: FunctionStates;
  readonly #functions: ApiFunctions;
  readonly #changed = new vscode.EventEmitter<FunctionsNode | undefined>();
  readonly #groups = new Map<string, Groups>();
  readonly #shown = new Map<string, number>();
  /** The folders of which all functions may be drawn. */
  readonly #drawn = new Set<string>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #subscription: vscode.Disposable;
  /** Undefined: everything. */
  readonly onDidChange = this.#changed.event;

  constructor(states: FunctionStates, { log }: Pick<Services, 'log'>) {
    this.#states = states;
    this.#functions = new ApiFunctions(states, folder => {
      log.debug(`The functions of ${folder.name} are others than were listed.`);
      this.#changed.fire(undefined);
    });
    this.#subscription = vscode.Disposable.from(
      states.onDidChange(reference => this.#tell(reference)),
      states.onDidChangeFunctions(folder => this.#functions.refresh(folder)),
    );
    for (const folder of vscode.workspace.workspaceFolders ?? []) this.#functions.refresh(folder);
  }

  /** The functions of the folder's target that are not among those. */
  async functionsBesides(
    folder: vscode.WorkspaceFolder,
    names: ReadonlySet<string>,
  ): Promise<readonly FunctionsNode[]> {
    const known = await this.#functions.of(folder, patienceMs);
    if (!known) return [];
    const besides = known.summaries.filter(({ name }) => !names.has(name));
    const drawn = besides.slice(0, this.#drawNow(folder, besides.length));
    const nodes = drawn.map(
      (summary): ApiFunctionNode => ({
        kind: 'apiFunction',
        folder,
        summary,
        definition: definitionOf(summary, folder),
      }),
    );
    const isComplete = known.isComplete && drawn.length === besides.length;
    return [
      ...nodes,
      ...loadingOrFailure(
        `${folder.uri}!functions`,
        { ...known, isComplete },
        vscode.l10n.t('Loading functions'),
      ),
    ];
  }

  #drawNow(folder: vscode.WorkspaceFolder, count: number): number {
    const key = folder.uri.toString();
    if (count <= drawnAtFirst || this.#drawn.has(key)) return count;
    this.#drawn.add(key);
    this.#timers.add(setTimeout(() => this.#changed.fire(undefined), drawingPauseMs));
    return drawnAtFirst;
  }

  /** The rows below a function that lead to its versions and aliases; the same objects as long as it is the same. */
  groupsOf({ folder, definition }: FunctionNode | ApiFunctionNode): readonly FunctionsNode[] {
    const key = keyOf(folder, definition.name);
    const known = this.#groups.get(key);
    const groups: Groups =
      known?.versions.definition === definition
        ? known
        : {
            versions: { kind: 'versions', folder, definition },
            aliases: { kind: 'aliases', folder, definition },
          };
    this.#groups.set(key, groups);
    return [groups.versions, groups.aliases];
  }

  viewOf(folder: vscode.WorkspaceFolder, functionName: string): FunctionView | undefined {
    return this.#states.of({ folder, functionName })?.view;
  }

  async children(node: FunctionsNode): Promise<FunctionsNode[]> {
    if (node.kind === 'apiFunction') {
      const { folder, definition } = node;
      return [{ kind: 'qualifier', folder, definition, qualifier: '$LATEST' }, ...this.groupsOf(node)];
    }
    if (node.kind !== 'versions' && node.kind !== 'aliases') return [];
    const state = this.#states.of({ folder: node.folder, functionName: node.definition.name });
    if (!state) return [startNotice(node)];
    await Promise.race([state.settled, new Promise(resolve => setTimeout(resolve, patienceMs))]);
    return node.kind === 'versions' ? this.#versions(node, state.view) : aliases(node, state.view);
  }

  /** Takes the row that offers it. */
  showMore({ more: node }: NoticeNode): void {
    if (!node) return;
    const key = keyOf(node.folder, node.definition.name);
    this.#shown.set(key, (this.#shown.get(key) ?? shownAtFirst) * 5);
    this.#changed.fire(node);
  }

  refresh(folders: readonly vscode.WorkspaceFolder[]): void {
    for (const folder of folders) {
      this.#states.refresh(folder);
      this.#functions.refresh(folder);
    }
  }

  #versions(node: VersionsNode, view: FunctionView): FunctionsNode[] {
    const { folder, definition } = node;
    const id = `${keyOf(folder, definition.name)}/versions`;
    const shown = this.#shown.get(keyOf(folder, definition.name)) ?? shownAtFirst;
    const newest = view.versions.slice(-shown).toReversed();
    const hidden = view.versions.length - newest.length;
    const more: NoticeNode = {
      kind: 'notice',
      id: `${id}/more`,
      label: vscode.l10n.t('Show Older Versions'),
      description: vscode.l10n.t('{0} more', hidden),
      icon: 'ellipsis',
      more: node,
      command: { command: 'lambdaLens.showOlderVersions', title: '', arguments: [{ more: node }] },
    };
    return [
      ...loadingOrFailure(id, view, vscode.l10n.t('Loading newer versions')),
      ...(view.isComplete && view.versions.length === 0 && view.failure === undefined
        ? [
            {
              kind: 'notice',
              id: `${id}/none`,
              label: vscode.l10n.t('Nothing has been published yet'),
              icon: 'info',
            } as const,
          ]
        : []),
      ...newest.map(
        version =>
          ({
            kind: 'version',
            folder,
            definition,
            version,
            aliases: aliasesTo(version.version, view.aliases ?? []),
          }) as const,
      ),
      ...(view.isComplete && hidden > 0 ? [more] : []),
    ];
  }

  #tell({ folder, functionName }: FunctionReference): void {
    const groups = this.#groups.get(keyOf(folder, functionName));
    if (!groups) return;
    this.#changed.fire(groups.versions);
    this.#changed.fire(groups.aliases);
  }

  dispose(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}

function aliases(node: AliasesNode, view: FunctionView): FunctionsNode[] {
  const { folder, definition } = node;
  const id = `${keyOf(folder, definition.name)}/aliases`;
  if (!view.aliases)
    return loadingOrFailure(id, { ...view, summaries: [] }, vscode.l10n.t('Loading aliases'));
  if (view.aliases.length > 0) {
    return view.aliases.map(alias => ({ kind: 'alias', folder, definition, alias }));
  }
  return [
    {
      kind: 'notice',
      id: `${id}/none`,
      label: vscode.l10n.t('Set Up DEV, STAGE and PROD...'),
      description: vscode.l10n.t('no aliases yet'),
      icon: 'add',
      command: { command: 'lambdaLens.setUpStages', title: '', arguments: [node] },
    },
  ];
}

/** Nothing is started by looking: rows stay open from one window to the next. */
function startNotice({ kind, folder, definition }: VersionsNode | AliasesNode): NoticeNode {
  return {
    kind: 'notice',
    id: `${keyOf(folder, definition.name)}/${kind}/start`,
    label: vscode.l10n.t('Start the Local Lambda Service'),
    description: vscode.l10n.t('to see them'),
    icon: 'debug-start',
    command: { command: 'lambdaLens.startEngine', title: '', arguments: [{ folder: folder.uri }] },
  };
}

function loadingOrFailure(
  id: string,
  known: { readonly isComplete: boolean; readonly failure?: string } & (
    | Pick<FunctionView, 'versions'>
    | { readonly summaries: readonly unknown[] }
  ),
  loading: string,
): NoticeNode[] {
  const { failure } = known;
  if (failure !== undefined) {
    const command = { command: 'lambdaLens.refreshFunctions', title: '' };
    return [{ kind: 'notice', id: `${id}/failure`, label: messageOf(failure), icon: 'error', command }];
  }
  if (known.isComplete) return [];
  const count = 'versions' in known ? known.versions.length : known.summaries.length;
  return [
    {
      kind: 'notice',
      id: `${id}/loading`,
      label: `${loading} ...`,
      description: count === 0 ? '' : vscode.l10n.t('{0} so far', count),
      icon: 'loading~spin',
    },
  ];
}
