import * as vscode from 'vscode';
import type { ShownQueue } from '../../model/shownResource.ts';
import type { MessageNode, ResourceNode } from './nodes.ts';

const icons = { queue: 'inbox', topic: 'megaphone', bucket: 'archive', bus: 'radio-tower' } as const;

/** @param queue what is in it; absent: not known, or nothing that is a queue */
export function resourceItem(node: ResourceNode, queue: ShownQueue | undefined): vscode.TreeItem {
  const { kind, name, arn, folder } = node;
  const { None, Collapsed } = vscode.TreeItemCollapsibleState;
  const messages = queue ? queue.visible + queue.inFlight + queue.delayed : 0;
  const item = new vscode.TreeItem(name, messages > 0 ? Collapsed : None);
  item.id = `${folder.uri} ${arn}`;
  item.iconPath = new vscode.ThemeIcon(icons[kind]);
  item.contextValue = kind;
  item.description = queue ? countText(queue) : kindText(kind);
  item.tooltip = [arn, kindText(kind)].join('\n');
  item.accessibilityInformation = { label: [name, kindText(kind), item.description].join(', ') };
  return item;
}

export function messageItem(node: MessageNode): vscode.TreeItem {
  const { message, queue } = node;
  const item = new vscode.TreeItem(message.body.replaceAll(/\s+/g, ' ').slice(0, 80));
  const { ErrorMessage: error } = message.attributes;
  item.id = `${queue.folder.uri} ${queue.arn} ${message.id}`;
  item.iconPath = new vscode.ThemeIcon('mail');
  item.contextValue = 'message';
  item.description = [
    ...(error === undefined ? [] : [error]),
    ...(message.state === 'visible' ? [] : [stateText(message.state)]),
    new Date(message.sentAt).toLocaleTimeString(vscode.env.language),
  ].join(' · ');
  item.tooltip = Object.entries({ MessageId: message.id, ...message.attributes })
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
  item.command = {
    title: vscode.l10n.t('Open Message'),
    command: 'lambdaLens.openMessage',
    arguments: [node],
  };
  return item;
}

function countText({ visible, inFlight, delayed }: ShownQueue): string {
  return [
    visible === 1 ? vscode.l10n.t('1 message') : vscode.l10n.t('{0} messages', visible),
    ...(inFlight > 0 ? [vscode.l10n.t('{0} in flight', inFlight)] : []),
    ...(delayed > 0 ? [vscode.l10n.t('{0} delayed', delayed)] : []),
  ].join(' · ');
}

function stateText(state: 'inFlight' | 'delayed'): string {
  return state === 'inFlight' ? vscode.l10n.t('in flight') : vscode.l10n.t('delayed');
}

function kindText(kind: ResourceNode['kind']): string {
  switch (kind) {
    case 'queue':
      return vscode.l10n.t('queue');
    case 'topic':
      return vscode.l10n.t('topic');
    case 'bucket':
      return vscode.l10n.t('bucket');
    case 'bus':
      return vscode.l10n.t('event bus');
  }
}
