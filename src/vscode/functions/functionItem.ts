import * as vscode from 'vscode';
import type { Services } from '../services.ts';
import { escapeMarkdown } from '../support/markdown.ts';
import type { FunctionNode } from './nodes.ts';
import { placeholdersOf } from './placeholders.ts';
import { describeFunction, triggerIcon, triggerName, triggersOf } from './triggers.ts';

/** A function: its icon tells what invokes it, or that its handler does not exist. */
export function functionItem(node: FunctionNode, { handlers }: Pick<Services, 'handlers'>): vscode.TreeItem {
  const { folder, definition, model } = node;
  const triggers = triggersOf(definition, model.triggers);
  const [main] = triggers;
  const problem = handlers.problemOf(definition, model);
  const item = new vscode.TreeItem(definition.name, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `${folder.uri}#${definition.name}`;
  item.description = describeFunction(definition, triggers);
  item.iconPath = problem
    ? new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'))
    : new vscode.ThemeIcon(main ? triggerIcon(main.kind) : 'symbol-function');
  item.contextValue = 'function';
  const label = [
    vscode.l10n.t('Function {0}, runtime {1}', definition.name, definition.runtime),
    ...triggers.map(({ kind, label }) => vscode.l10n.t('invoked by {0} {1}', triggerName(kind), label)),
    ...(problem ? [vscode.l10n.t('warning: {0}', problem.message)] : []),
  ];
  item.accessibilityInformation = { label: label.join(', ') };
  item.command = {
    command: 'lambdaLens.openHandler',
    title: vscode.l10n.t('Open Handler'),
    arguments: [node],
  };
  return item;
}

/** What the function comes to, what is wrong with it, and what of it only a deployment knows. */
export function functionTooltip(
  { definition, model }: FunctionNode,
  { handlers }: Pick<Services, 'handlers'>,
): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString(undefined, true);
  tooltip.appendMarkdown(`**${escapeMarkdown(definition.name)}**\n\n`);
  const problem = handlers.problemOf(definition, model);
  if (problem) tooltip.appendMarkdown(`$(warning) ${escapeMarkdown(problem.message)}\n\n`);
  const rows: readonly (readonly [string, string])[] = [
    [vscode.l10n.t('Handler'), definition.handler],
    [vscode.l10n.t('Runtime'), definition.runtime],
    [vscode.l10n.t('Timeout'), vscode.l10n.t('{0} s', definition.timeoutSeconds)],
    [vscode.l10n.t('Memory'), vscode.l10n.t('{0} MB', definition.memorySizeMb)],
    [vscode.l10n.t('Role'), definition.roleArn ?? vscode.l10n.t('none in the template')],
    [vscode.l10n.t('Defined in'), vscode.workspace.asRelativePath(definition.definedAt.file)],
  ];
  tooltip.appendMarkdown('| | |\n|---|---|\n');
  for (const [name, value] of rows) tooltip.appendMarkdown(`| ${name} | ${escapeMarkdown(value)} |\n`);
  const triggers = triggersOf(definition, model.triggers);
  const unknown = placeholdersOf(definition, triggers, model.placeholders);
  if (unknown.length > 0)
    tooltip.appendMarkdown(`\n\n${vscode.l10n.t('Not known before it is deployed:')}\n\n`);
  for (const { text, reason } of unknown) {
    tooltip.appendMarkdown(`- ${escapeMarkdown(text)}: ${escapeMarkdown(reason)}\n`);
  }
  return tooltip;
}
