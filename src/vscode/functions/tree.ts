import * as vscode from 'vscode';
import type { ProjectModel } from '../../model/functionDefinition.ts';
import type { HttpAddresses } from '../http/addresses.ts';
import type { Services } from '../services.ts';
import { missingFileProblem } from '../templates/missingFile.ts';
import { functionTooltip } from './functionItem.ts';
import { toTreeItem } from './items.ts';
import type { FunctionNode, FunctionsNode, StackNode } from './nodes.ts';
import { groupByStack, type StackGroup } from './stacks.ts';
import { triggersOf } from './triggers.ts';

type TreeServices = Pick<Services, 'projects' | 'handlers' | 'log'> & {
  readonly addresses: Pick<HttpAddresses, 'current' | 'onDidChange'>;
};

/**
 * The Functions view: folders, and in them stacks, where there are several; functions with their `$LATEST` and
 * their triggers; and what went wrong.
 */
export class FunctionsTree implements vscode.TreeDataProvider<FunctionsNode>, vscode.Disposable {
  readonly #services: TreeServices;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(services: TreeServices) {
    this.#services = services;
    this.#subscription = vscode.Disposable.from(
      services.projects.onDidChange(() => this.#changed.fire()),
      services.handlers.onDidChange(() => this.#changed.fire()),
      services.addresses.onDidChange(() => this.#changed.fire()),
    );
  }

  getTreeItem(node: FunctionsNode): vscode.TreeItem {
    return toTreeItem(node, this.#services);
  }

  resolveTreeItem(item: vscode.TreeItem, node: FunctionsNode): vscode.TreeItem {
    if (node.kind === 'function') item.tooltip = functionTooltip(node, this.#services);
    return item;
  }

  async getChildren(node?: FunctionsNode): Promise<FunctionsNode[]> {
    if (!node) return this.#roots();
    switch (node.kind) {
      case 'folder':
        return this.#inFolder(node.folder);
      case 'stack':
        return inStack(node, node.stack);
      case 'function':
        return inFunction(node);
      case 'triggers':
        return node.triggers.map(trigger => ({ kind: 'trigger', folder: node.folder, trigger }));
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
        ? functionsOf({ folder, model }, only)
        : groups.map((stack): StackNode => ({ kind: 'stack', folder, model, stack }))),
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

function inStack({ folder, model }: StackNode, stack: StackGroup): FunctionsNode[] {
  return [
    ...functionsOf({ folder, model }, stack),
    ...stack.nested.map((nested): StackNode => ({ kind: 'stack', folder, model, stack: nested })),
  ];
}

function functionsOf(
  { folder, model }: Pick<FunctionNode, 'folder' | 'model'>,
  { functions }: StackGroup,
): readonly FunctionNode[] {
  return functions.map(definition => ({ kind: 'function', folder, model, definition }));
}

function inFunction({ folder, model, definition }: FunctionNode): FunctionsNode[] {
  const triggers = triggersOf(definition, model.triggers);
  return [
    { kind: 'qualifier', folder, definition, qualifier: '$LATEST' },
    ...(triggers.length > 0 ? [{ kind: 'triggers', folder, definition, triggers } as const] : []),
  ];
}
