import * as vscode from 'vscode';
import type { Trigger, TriggerKind } from '../../model/trigger.ts';
import type { HttpAddresses } from '../http/addresses.ts';
import type { Services } from '../services.ts';
import { toRange } from '../support/ranges.ts';
import { functionItem } from './functionItem.ts';
import type {
  FolderNode,
  FunctionsNode,
  ProblemNode,
  QualifierNode,
  StackNode,
  TriggerNode,
  TriggersNode,
} from './nodes.ts';
import { triggerIcon, triggerName } from './triggers.ts';

/** How a node looks; the tooltip of a function follows when it is asked for. Undefined: as `dist/versions.js` says. */
export function toTreeItem(
  node: FunctionsNode,
  services: Pick<Services, 'handlers'> & { readonly addresses: Pick<HttpAddresses, 'current'> },
): vscode.TreeItem | undefined {
  switch (node.kind) {
    case 'folder':
      return folderItem(node);
    case 'stack':
      return stackItem(node);
    case 'function':
      return functionItem(node, services);
    case 'qualifier':
      return qualifierItem(node);
    case 'triggers':
      return triggersItem(node);
    case 'trigger':
      return triggerItem(node, services.addresses);
    case 'problem':
      return problemItem(node);
    default:
      return undefined;
  }
}

function folderItem({ folder }: FolderNode): vscode.TreeItem {
  const item = new vscode.TreeItem(folder.name, vscode.TreeItemCollapsibleState.Expanded);
  item.id = folder.uri.toString();
  item.iconPath = vscode.ThemeIcon.Folder;
  item.contextValue = 'folder';
  item.accessibilityInformation = { label: vscode.l10n.t('Folder {0}', folder.name) };
  return item;
}

function stackItem({ folder, stack }: StackNode): vscode.TreeItem {
  const item = new vscode.TreeItem(stack.label, vscode.TreeItemCollapsibleState.Expanded);
  const path = vscode.workspace.asRelativePath(stack.file, false);
  const isNested = stack.label !== path;
  item.id = `${folder.uri}!${stack.id}`;
  if (isNested) item.description = path;
  item.iconPath = new vscode.ThemeIcon(isNested ? 'symbol-structure' : 'file-code');
  item.contextValue = 'stack';
  item.tooltip = stack.file;
  item.accessibilityInformation = {
    label: isNested
      ? vscode.l10n.t('Nested stack {0}, template {1}', stack.label, path)
      : vscode.l10n.t('Template {0}', path),
  };
  return item;
}

function qualifierItem({ folder, definition, qualifier }: QualifierNode): vscode.TreeItem {
  const item = new vscode.TreeItem(qualifier, vscode.TreeItemCollapsibleState.None);
  item.id = `${folder.uri}#${definition.name}:${qualifier}`;
  item.description = vscode.l10n.t('the code as it is now');
  item.iconPath = new vscode.ThemeIcon('versions');
  item.contextValue = 'qualifier';
  item.tooltip = vscode.l10n.t('{0} follows the workspace: every save is what runs next.', qualifier);
  item.accessibilityInformation = {
    label: vscode.l10n.t('Version {0}, the code as it is now', qualifier),
  };
  return item;
}

function triggersItem({ folder, definition, triggers }: TriggersNode): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t('Triggers'), vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `${folder.uri}#${definition.name}/triggers`;
  item.description = String(triggers.length);
  item.iconPath = new vscode.ThemeIcon('zap');
  item.contextValue = 'triggers';
  item.accessibilityInformation = {
    label: vscode.l10n.t('Triggers: {0}', triggers.length),
  };
  return item;
}

function triggerItem(node: TriggerNode, addresses: Pick<HttpAddresses, 'current'>): vscode.TreeItem {
  const { kind, label, qualifier, logicalId } = node.trigger;
  const name = triggerName(kind);
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.None);
  const url = addresses.current(node.folder, node.trigger)?.url;
  const notServed = refusedKinds.has(kind) ? vscode.l10n.t('not served here') : undefined;
  const parts = [name, qualifier, url ?? notServed].filter(part => part !== undefined);
  item.description = parts.join(' · ');
  item.iconPath = new vscode.ThemeIcon(triggerIcon(kind));
  item.contextValue = triggerContext(node.trigger);
  item.tooltip = [`${name}: ${label}`, logicalId, ...(url === undefined ? [] : [url])].join('\n');
  const spoken =
    qualifier === undefined
      ? vscode.l10n.t('Trigger: {0}, {1}', name, label)
      : vscode.l10n.t('Trigger of {2}: {0}, {1}', name, label, qualifier);
  item.accessibilityInformation = {
    label: [spoken, url ?? notServed].filter(part => part !== undefined).join(', '),
  };
  item.command = {
    command: 'lambdaLens.openTemplate',
    title: vscode.l10n.t('Open in Template'),
    arguments: [node],
  };
  return item;
}

/** What AWS invokes functions by, and no address here stands for. */
const refusedKinds: ReadonlySet<TriggerKind> = new Set<TriggerKind>(['webSocket', 'loadBalancer']);

/** What has an address can be copied; what a browser can ask for can be opened. */
function triggerContext({ kind, label }: Trigger): string {
  if (kind !== 'restApi' && kind !== 'httpApi' && kind !== 'functionUrl') return 'trigger';
  return kind === 'functionUrl' || /^(?:GET|ANY) |^\$default$/.test(label) ? 'triggerOpen' : 'triggerHttp';
}

function problemItem({ problem }: ProblemNode): vscode.TreeItem {
  const item = new vscode.TreeItem(problem.message, vscode.TreeItemCollapsibleState.None);
  const icon = problem.severity === 'error' ? 'error' : 'warning';
  item.iconPath = new vscode.ThemeIcon(icon, new vscode.ThemeColor(`list.${icon}Foreground`));
  item.contextValue = 'problem';
  item.tooltip = problem.message;
  item.accessibilityInformation = { label: vscode.l10n.t('Problem: {0}', problem.message) };
  if (problem.range) {
    const { start } = toRange(problem.range);
    const path = vscode.workspace.asRelativePath(problem.range.file);
    item.description = `${path}:${problem.range.startLine}`;
    item.accessibilityInformation = {
      label: vscode.l10n.t('Problem in {0}, line {1}: {2}', path, problem.range.startLine, problem.message),
    };
    item.command = {
      command: 'vscode.open',
      title: vscode.l10n.t('Open'),
      arguments: [vscode.Uri.file(problem.range.file), { selection: new vscode.Range(start, start) }],
    };
  }
  return item;
}
