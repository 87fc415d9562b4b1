import * as vscode from 'vscode';
import type {
  AliasesNode,
  AliasNode,
  ApiFunctionNode,
  FunctionsNode,
  NoticeNode,
  VersionNode,
  VersionsNode,
} from '../functions/nodes.ts';
import { escapeMarkdown } from '../support/markdown.ts';
import { keyOf } from './functionStates.ts';
import { ageText, routingText, shareOf, sizeText, versionLabel } from './texts.ts';
import type { AliasTraffic } from './traffic.ts';
import type { VersionsTree } from './tree.ts';

interface ItemServices {
  readonly tree: Pick<VersionsTree, 'viewOf'>;
  readonly traffic: Pick<AliasTraffic, 'textOf'>;
}

/** How the rows look that the tree gets from here; their tooltips follow when they are asked for. */
export function toVersionItem(node: FunctionsNode, services: ItemServices): vscode.TreeItem {
  switch (node.kind) {
    case 'apiFunction':
      return apiFunctionItem(node);
    case 'versions':
      return versionsItem(node);
    case 'aliases':
      return aliasesItem(node);
    case 'version':
      return versionItem(node);
    case 'alias':
      return aliasItem(node, services);
    case 'notice':
      return noticeItem(node);
    default:
      throw new Error(`A row of kind ${node.kind} is not shown from here.`);
  }
}

/** Undefined where the row says it all. */
export function versionTooltip(
  node: FunctionsNode,
  services: ItemServices,
): vscode.MarkdownString | undefined {
  switch (node.kind) {
    case 'apiFunction':
      return table(node.definition.name, [
        [vscode.l10n.t('Runtime'), node.summary.runtime ?? vscode.l10n.t('container image')],
        [vscode.l10n.t('Handler'), node.summary.handler ?? ''],
        [vscode.l10n.t('Description'), node.summary.description],
        [vscode.l10n.t('Changed'), exactTime(node.summary.lastModified)],
        ['ARN', node.summary.arn],
      ]);
    case 'version': {
      const { version, aliases, definition } = node;
      return table(`${definition.name} ${versionLabel(version.version)}`, [
        [vscode.l10n.t('Description'), version.description],
        [vscode.l10n.t('Published'), exactTime(version.lastModified)],
        [vscode.l10n.t('Aliases'), aliases.map(alias => `${alias.name} (${routingText(alias)})`).join(', ')],
        [vscode.l10n.t('Code'), sizeText(version.codeSize)],
        ['SHA-256', version.codeSha256],
        [vscode.l10n.t('Runtime'), version.runtime ?? vscode.l10n.t('container image')],
        [vscode.l10n.t('Handler'), version.handler ?? ''],
        ['ARN', version.arn],
      ]);
    }
    case 'alias': {
      const { alias, definition, folder } = node;
      return table(`${definition.name}:${alias.name}`, [
        [vscode.l10n.t('Traffic'), routingText(alias)],
        [vscode.l10n.t('Observed'), services.traffic.textOf(folder, definition.name, alias) ?? ''],
        [vscode.l10n.t('Description'), alias.description],
        ['ARN', alias.arn],
      ]);
    }
    default:
      return undefined;
  }
}

function apiFunctionItem({ folder, definition, summary }: ApiFunctionNode): vscode.TreeItem {
  const runtime = summary.runtime ?? vscode.l10n.t('container image');
  const item = new vscode.TreeItem(definition.name, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = keyOf(folder, definition.name);
  item.description = vscode.l10n.t('{0} · not in a template', runtime);
  item.iconPath = new vscode.ThemeIcon('cloud');
  item.contextValue = 'functionApi';
  item.accessibilityInformation = {
    label: vscode.l10n.t('Function {0}, runtime {1}, not in a template', definition.name, runtime),
  };
  return item;
}

function versionsItem({ folder, definition }: VersionsNode): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t('Versions'), vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `${keyOf(folder, definition.name)}/versions`;
  item.iconPath = new vscode.ThemeIcon('history');
  item.contextValue = 'versions';
  item.accessibilityInformation = { label: vscode.l10n.t('Versions') };
  return item;
}

function aliasesItem({ folder, definition }: AliasesNode): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t('Aliases'), vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `${keyOf(folder, definition.name)}/aliases`;
  item.iconPath = new vscode.ThemeIcon('tag');
  item.contextValue = 'aliases';
  item.accessibilityInformation = { label: vscode.l10n.t('Aliases') };
  return item;
}

function versionItem({ folder, definition, version, aliases }: VersionNode): vscode.TreeItem {
  const now = Date.now();
  const names = aliases.map(alias => {
    const percent = Math.round(shareOf(version.version, alias) * 10_000) / 100;
    return percent === 100 ? alias.name : `${alias.name} ${percent}%`;
  });
  const item = new vscode.TreeItem(versionLabel(version.version));
  item.id = `${keyOf(folder, definition.name)}:${version.version}`;
  item.description = [
    ...names,
    ageText(version.lastModified, now, vscode.env.language, 'narrow'),
    version.description,
    sizeText(version.codeSize),
  ]
    .filter(part => part !== '')
    .join(' · ');
  item.iconPath = new vscode.ThemeIcon(
    'git-commit',
    names.length > 0 ? new vscode.ThemeColor('charts.blue') : undefined,
  );
  item.contextValue = 'version';
  item.accessibilityInformation = {
    label: [
      vscode.l10n.t('Version {0}', version.version),
      ...names.map(name => vscode.l10n.t('alias {0}', name)),
      vscode.l10n.t('published {0}', ageText(version.lastModified, now, vscode.env.language, 'long')),
      version.description,
      sizeText(version.codeSize),
    ]
      .filter(part => part !== '')
      .join(', '),
  };
  return item;
}

function aliasItem({ folder, definition, alias }: AliasNode, { traffic }: ItemServices): vscode.TreeItem {
  const observed = traffic.textOf(folder, definition.name, alias);
  const item = new vscode.TreeItem(alias.name);
  item.id = `${keyOf(folder, definition.name)}@${alias.name}`;
  item.description = [routingText(alias), ...(observed === undefined ? [] : [observed])].join(' — ');
  item.iconPath = new vscode.ThemeIcon(alias.additional ? 'git-compare' : 'tag');
  item.contextValue = alias.additional ? 'aliasShifting' : 'alias';
  item.accessibilityInformation = {
    label: [
      vscode.l10n.t('Alias {0}, {1}', alias.name, routingText(alias)),
      ...(observed === undefined ? [] : [observed]),
    ].join(', '),
  };
  return item;
}

function noticeItem({ id, label, description, icon, command, more }: NoticeNode): vscode.TreeItem {
  const item = new vscode.TreeItem(label);
  item.id = id;
  if (description !== undefined) item.description = description;
  item.iconPath = new vscode.ThemeIcon(icon);
  item.contextValue = more ? 'versionsMore' : 'notice';
  item.tooltip = label;
  item.accessibilityInformation = { label: [label, description ?? ''].filter(Boolean).join(', ') };
  if (command) item.command = { ...command, title: label };
  return item;
}

function table(title: string, rows: readonly (readonly [string, string])[]): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString(undefined, true);
  tooltip.appendMarkdown(`**${escapeMarkdown(title)}**\n\n| | |\n|---|---|\n`);
  for (const [name, value] of rows.filter(([, text]) => text !== '')) {
    tooltip.appendMarkdown(`| ${name} | ${escapeMarkdown(value)} |\n`);
  }
  return tooltip;
}

function exactTime(at: number): string {
  return new Date(at).toLocaleString(vscode.env.language);
}
