import * as vscode from 'vscode';
import type { ProjectModel } from '../../model/functionDefinition.ts';
import type { HttpAddresses } from '../http/addresses.ts';
import type { Services } from '../services.ts';
import { missingFileProblem } from '../templates/missingFile.ts';
import type { Versions } from '../versions/bundle.ts';
import { functionTooltip } from './functionItem.ts';
import { toTreeItem } from './items.ts';
import type { FunctionNode, FunctionsNode, StackNode } from './nodes.ts';
import { groupByStack, type StackGroup } from './stacks.ts';
import { triggersOf } from './triggers.ts';

type TreeServices = Pick<Services, 'projects' | 'handlers' | 'targets'> & {
  readonly addresses: Pick<HttpAddresses, 'current' | 'onDidChange'>;
  readonly versions: () => Pick<Versions, 'item' | 'tooltip' | 'tree'>;
};

/**
 * The Functions view: folders, and in them stacks, where there are several; functions with their `$LATEST`, versions,
 * aliases and triggers; and what went wrong.
 */
export class FunctionsTree implements vscode.TreeDataProvider<FunctionsNode>, vscode.Disposable {
  readonly #services: TreeServices;
  readonly #changed = new vscode.EventEmitter<FunctionsNode | undefined>();
  readonly #subscription: vscode.Disposable;
  #filter = '';
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(services: TreeServices) {
    this.#services = services;
    this.#subscription = vscode.Disposable.from(
      services.projects.onDidChange(() => this.#changed.fire(undefined)),
      services.handlers.onDidChange(() => this.#changed.fire(undefined)),
      services.addresses.onDidChange(() => this.#changed.fire(undefined)),
      services.targets.onDidChange(() => this.#changed.fire(undefined)),
    );
  }

  /** Only functions whose name has this in it are shown; empty: all of them. */
  get filter(): string {
    return this.#filter;
  }

  set filter(text: string) {
    this.#filter = text.toLowerCase();
    this.#changed.fire(undefined);
  }

  /** Draws a row, or all of them, anew. */
  refresh(node: FunctionsNode | undefined): void {
    this.#changed.fire(node);
  }

  getTreeItem(node: FunctionsNode): vscode.TreeItem {
    return toTreeItem(node, this.#services) ?? this.#services.versions().item(node);
  }

  resolveTreeItem(item: vscode.TreeItem, node: FunctionsNode): vscode.TreeItem {
    if (node.kind === 'function') item.tooltip = functionTooltip(node, this.#services);
    else item.tooltip ??= this.#services.versions().tooltip(node);
    return item;
  }

  async getChildren(node?: FunctionsNode): Promise<FunctionsNode[]> {
    if (!node) return this.#roots();
    switch (node.kind) {
      case 'folder':
        return this.#inFolder(node.folder);
      case 'stack':
        return this.#inStack(node, node.stack);
      case 'function':
        return this.#inFunction(node);
      case 'triggers':
        return node.triggers.map(trigger => ({ kind: 'trigger', folder: node.folder, trigger }));
      case 'apiFunction':
      case 'versions':
      case 'aliases':
        return this.#services.versions().tree.children(node);
      default:
        return [];
    }
  }

  async #roots(): Promise<FunctionsNode[]> {
    const folders = vscode.workspace.workspaceFolders ?? [];
    const [first, ...others] = folders;
    const nodes: FunctionsNode[] =
      first && others.length === 0
        ? await this.#inFolder(first)
        : folders.map(folder => ({ kind: 'folder', folder }));
    await vscode.commands.executeCommand(
      'setContext',
      'lambdaLens.functions',
      nodes.length > 0 ? 'some' : 'none',
    );
    return nodes;
  }

  async #inFolder(folder: vscode.WorkspaceFolder): Promise<FunctionsNode[]> {
    const model = await this.#services.projects.load(folder);
    const groups = groupByStack(model, file => vscode.workspace.asRelativePath(file, false));
    const [only, ...others] = groups;
    const isOne = only && others.length === 0 && only.nested.length === 0;
    return [
      ...problemsOf(model),
      ...(isOne
        ? this.#functionsOf({ folder, model }, only)
        : groups.map((stack): StackNode => ({ kind: 'stack', folder, model, stack }))),
      ...(await this.#besides(folder, model)),
    ];
  }

  /** What the folder's target has and its templates do not; nothing is started to know it. */
  async #besides(folder: vscode.WorkspaceFolder, model: ProjectModel): Promise<readonly FunctionsNode[]> {
    if (!this.#services.targets.current(folder)) return [];
    const names = new Set(model.functions.map(({ name }) => name));
    const nodes = await this.#services.versions().tree.functionsBesides(folder, names);
    return nodes.filter(node => node.kind !== 'apiFunction' || this.#isShown(node.definition.name));
  }

  #inStack({ folder, model }: StackNode, stack: StackGroup): FunctionsNode[] {
    return [
      ...this.#functionsOf({ folder, model }, stack),
      ...stack.nested.map((nested): StackNode => ({ kind: 'stack', folder, model, stack: nested })),
    ];
  }

  #functionsOf(
    { folder, model }: Pick<FunctionNode, 'folder' | 'model'>,
    { functions }: StackGroup,
  ): readonly FunctionNode[] {
    return functions
      .filter(({ name }) => this.#isShown(name))
      .map(definition => ({ kind: 'function', folder, model, definition }));
  }

  #isShown(name: string): boolean {
    return name.toLowerCase().includes(this.#filter);
  }

  #inFunction(node: FunctionNode): FunctionsNode[] {
    const { folder, model, definition } = node;
    const triggers = triggersOf(definition, model.triggers);
    return [
      { kind: 'qualifier', folder, definition, qualifier: '$LATEST' },
      ...this.#services.versions().tree.groupsOf(node),
      ...(triggers.length > 0 ? [{ kind: 'triggers', folder, definition, triggers } as const] : []),
    ];
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}

/** A handler without a file is told at its function. */
function problemsOf(model: ProjectModel): readonly FunctionsNode[] {
  const atFunctions = new Set(model.functions.map(definition => missingFileProblem(definition, model)));
  return model.problems
    .filter(problem => problem.severity === 'error' && !atFunctions.has(problem))
    .map(problem => ({ kind: 'problem', problem }));
}
