import * as vscode from 'vscode';
import type { FunctionDefinition, ProjectProblem } from '../../model/functionDefinition.ts';

/** What the Functions tree consists of. */
export type FunctionsNode = FolderNode | FunctionNode | QualifierNode | ProblemNode;

interface FolderNode {
  readonly kind: 'folder';
  readonly folder: vscode.WorkspaceFolder;
}

export interface FunctionNode {
  readonly kind: 'function';
  readonly folder: vscode.WorkspaceFolder;
  readonly definition: FunctionDefinition;
}

export interface QualifierNode {
  readonly kind: 'qualifier';
  readonly folder: vscode.WorkspaceFolder;
  readonly definition: FunctionDefinition;
  readonly qualifier: '$LATEST';
}

interface ProblemNode {
  readonly kind: 'problem';
  readonly folder: vscode.WorkspaceFolder;
  readonly problem: ProjectProblem;
}

/** How a node looks. */
export function toTreeItem(node: FunctionsNode): vscode.TreeItem {
  switch (node.kind) {
    case 'folder':
      return folderItem(node);
    case 'function':
      return functionItem(node);
    case 'qualifier':
      return qualifierItem(node);
    case 'problem':
      return problemItem(node);
  }
}

function folderItem({ folder }: FolderNode): vscode.TreeItem {
  const item = new vscode.TreeItem(folder.name, vscode.TreeItemCollapsibleState.Expanded);
  item.id = folder.uri.toString();
  item.iconPath = vscode.ThemeIcon.Folder;
  item.contextValue = 'folder';
  return item;
}

function functionItem({ folder, definition }: FunctionNode): vscode.TreeItem {
  const item = new vscode.TreeItem(definition.name, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `${folder.uri}#${definition.name}`;
  item.description = definition.runtime;
  item.iconPath = new vscode.ThemeIcon('symbol-function');
  item.contextValue = 'function';
  item.tooltip = functionTooltip(definition);
  item.accessibilityInformation = {
    label: vscode.l10n.t('Function {0}, runtime {1}', definition.name, definition.runtime),
  };
  item.command = {
    command: 'lambdaLens.openHandler',
    title: vscode.l10n.t('Open Handler'),
    arguments: [{ kind: 'function', folder, definition } satisfies FunctionNode],
  };
  return item;
}

function functionTooltip(definition: FunctionDefinition): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString();
  tooltip.appendMarkdown(`**${escapeMarkdown(definition.name)}**\n\n`);
  const rows: readonly (readonly [string, string])[] = [
    [vscode.l10n.t('Handler'), definition.handler],
    [vscode.l10n.t('Runtime'), definition.runtime],
    [vscode.l10n.t('Timeout'), `${definition.timeoutSeconds} s`],
    [vscode.l10n.t('Memory'), `${definition.memorySizeMb} MB`],
    [vscode.l10n.t('Role'), definition.roleArn ?? vscode.l10n.t('none in the template')],
    [vscode.l10n.t('Defined in'), vscode.workspace.asRelativePath(definition.definedAt.file)],
  ];
  tooltip.appendMarkdown('| | |\n|---|---|\n');
  for (const [name, value] of rows) tooltip.appendMarkdown(`| ${name} | ${escapeMarkdown(value)} |\n`);
  return tooltip;
}

function qualifierItem({ folder, definition, qualifier }: QualifierNode): vscode.TreeItem {
  const item = new vscode.TreeItem(qualifier, vscode.TreeItemCollapsibleState.None);
  item.id = `${folder.uri}#${definition.name}:${qualifier}`;
  item.description = vscode.l10n.t('the code as it is now');
  item.iconPath = new vscode.ThemeIcon('versions');
  item.contextValue = 'qualifier';
  item.tooltip = vscode.l10n.t('{0} follows the workspace: every save is what runs next.', qualifier);
  return item;
}

function problemItem({ problem }: ProblemNode): vscode.TreeItem {
  const item = new vscode.TreeItem(problem.message, vscode.TreeItemCollapsibleState.None);
  const icon = problem.severity === 'error' ? 'error' : 'warning';
  item.iconPath = new vscode.ThemeIcon(icon, new vscode.ThemeColor(`list.${icon}Foreground`));
  item.contextValue = 'problem';
  item.tooltip = problem.message;
  if (problem.range) {
    const { file, startLine, startColumn } = problem.range;
    const start = new vscode.Position(startLine - 1, startColumn - 1);
    item.description = `${vscode.workspace.asRelativePath(file)}:${startLine}`;
    item.command = {
      command: 'vscode.open',
      title: vscode.l10n.t('Open'),
      arguments: [vscode.Uri.file(file), { selection: new vscode.Range(start, start) }],
    };
  }
  return item;
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>$]/g, '\\$&');
}
