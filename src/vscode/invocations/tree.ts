import * as vscode from 'vscode';
import type { InvocationRecord } from '../../model/engineEvent.ts';
import type { History, InvocationNode } from './history.ts';

/** The Invocations view: one row for each, the newest on top. */
export class InvocationsTree implements vscode.TreeDataProvider<InvocationNode> {
  readonly #history: History;
  readonly onDidChangeTreeData: vscode.Event<void>;

  constructor(history: History) {
    this.#history = history;
    this.onDidChangeTreeData = history.onDidChange;
  }

  getChildren(node?: InvocationNode): InvocationNode[] {
    return node ? [] : [...this.#history.list()];
  }

  getTreeItem({ record }: InvocationNode): vscode.TreeItem {
    const item = new vscode.TreeItem(record.functionName);
    const facts = factsOf(record);
    item.id = record.requestId;
    item.description = facts.join(' · ');
    item.iconPath = iconOf(record);
    item.contextValue = 'invocation';
    item.tooltip = tooltipOf(record);
    item.accessibilityInformation = {
      label: [record.functionName, statusOf(record), ...facts].join(', '),
    };
    return item;
  }
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
