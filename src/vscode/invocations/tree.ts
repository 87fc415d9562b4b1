import * as vscode from 'vscode';
import type { InvocationRecord } from '../../model/engineEvent.ts';
import type { Asynchronous } from '../asynchronous/bundle.ts';
import { type History, type InvocationNode, idOf } from './history.ts';
import type { InvocationsNode } from './nodes.ts';

/** The Invocations view: one row for each, the newest on top; events that nobody waits for have their life below. */
export class InvocationsTree implements vscode.TreeDataProvider<InvocationsNode>, vscode.Disposable {
  readonly #history: History;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  readonly onDidChangeTreeData = this.#changed.event;
  /** Once there is any event. */
  asynchronous: Asynchronous | undefined;

  constructor(history: History) {
    this.#history = history;
    this.#subscription = history.onDidChange(() => this.refresh());
  }

  refresh(): void {
    this.#changed.fire();
  }

  getChildren(node?: InvocationsNode): InvocationsNode[] {
    const invocations = this.#history.list();
    if (!node) return [...(this.asynchronous?.rows(invocations) ?? invocations)];
    return 'life' in node && !('step' in node) ? [...(this.asynchronous?.childrenOf(node) ?? [])] : [];
  }

  getTreeItem(node: InvocationsNode): vscode.TreeItem {
    if ('record' in node) return invocationItem(node);
    return this.asynchronous?.item(node) ?? new vscode.TreeItem(node.life.functionName);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}

function invocationItem({ record, attempt }: InvocationNode): vscode.TreeItem {
  const label =
    attempt === undefined ? record.functionName : vscode.l10n.t('Attempt {0} {1}', attempt, statusOf(record));
  const item = new vscode.TreeItem(label);
  const facts = factsOf(record);
  item.id = idOf(record);
  item.description = facts.join(' · ');
  item.iconPath = iconOf(record);
  item.contextValue = 'invocation';
  item.tooltip = tooltipOf(record);
  item.accessibilityInformation = {
    label: [record.functionName, ...(attempt === undefined ? [] : [label]), statusOf(record), ...facts].join(
      ', ',
    ),
  };
  return item;
}

function factsOf({
  startedAt,
  durationMs,
  initDurationMs,
  maxMemoryUsedMb,
  qualifier,
}: InvocationRecord): readonly string[] {
  return [
    ...(qualifier === '$LATEST' ? [] : [qualifier]),
    vscode.l10n.t('{0} ms', durationMs.toFixed(1)),
    initDurationMs === undefined
      ? vscode.l10n.t('warm')
      : vscode.l10n.t('cold, init {0} ms', initDurationMs.toFixed(0)),
    // What never ran used no memory.
    ...(maxMemoryUsedMb > 0 ? [vscode.l10n.t('{0} MB', maxMemoryUsedMb)] : []),
    new Date(startedAt).toLocaleTimeString(vscode.env.language),
  ];
}

function iconOf({ status }: InvocationRecord): vscode.ThemeIcon {
  if (status === 'success') return new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed'));
  return new vscode.ThemeIcon(
    status === 'timeout' ? 'watch' : 'error',
    new vscode.ThemeColor('testing.iconFailed'),
  );
}

function statusOf({ status, errorType }: InvocationRecord): string {
  if (status === 'success') return vscode.l10n.t('succeeded');
  if (status === 'timeout') return vscode.l10n.t('timed out');
  return vscode.l10n.t('failed with {0}', errorType ?? vscode.l10n.t('an error'));
}

function tooltipOf(record: InvocationRecord): string {
  const { requestId, executedVersion, environmentId, startedAt } = record;
  return [
    `${record.functionName} ${statusOf(record)}`,
    new Date(startedAt).toLocaleString(vscode.env.language),
    vscode.l10n.t('Version {0}', executedVersion),
    vscode.l10n.t('Execution environment {0}', environmentId),
    vscode.l10n.t('Request {0}', requestId),
  ].join('\n');
}
