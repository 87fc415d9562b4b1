import * as vscode from 'vscode';
import type { Services } from '../services.ts';
import { type FunctionsNode, toTreeItem } from './nodes.ts';

/** The Functions view: folders where there are several, functions, their `$LATEST`, and what went wrong. */
export class FunctionsTree implements vscode.TreeDataProvider<FunctionsNode>, vscode.Disposable {
  readonly #services: Pick<Services, 'projects' | 'log'>;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(services: Pick<Services, 'projects' | 'log'>) {
    this.#services = services;
    this.#subscription = services.projects.onDidChange(() => this.#changed.fire());
  }

  getTreeItem(node: FunctionsNode): vscode.TreeItem {
    return toTreeItem(node);
  }

  async getChildren(node?: FunctionsNode): Promise<FunctionsNode[]> {
    if (!node) return this.#roots();
    switch (node.kind) {
      case 'folder':
        return this.#functions(node.folder);
      case 'function':
        return [
          { kind: 'qualifier', folder: node.folder, definition: node.definition, qualifier: '$LATEST' },
        ];
      default:
        return [];
    }
  }

  async #roots(): Promise<FunctionsNode[]> {
    const folders = vscode.workspace.workspaceFolders ?? [];
    const [first, ...others] = folders;
    const nodes: FunctionsNode[] =
      first && others.length === 0
        ? await this.#functions(first)
        : folders.map(folder => ({ kind: 'folder', folder }));
    await vscode.commands.executeCommand(
      'setContext',
      'lambdaLens.functions',
      nodes.length > 0 ? 'some' : 'none',
    );
    return nodes;
  }

  async #functions(folder: vscode.WorkspaceFolder): Promise<FunctionsNode[]> {
    const model = await this.#services.projects.load(folder);
    return [
      ...model.problems
        .filter(problem => problem.severity === 'error')
        .map(problem => ({ kind: 'problem', folder, problem }) as const),
      ...model.functions
        .toSorted((a, b) => a.name.localeCompare(b.name))
        .map(definition => ({ kind: 'function', folder, definition }) as const),
    ];
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}
