import * as vscode from 'vscode';
import type { WaitClockState } from '../../model/waitClock.ts';
import type { EventNode, StepNode } from '../invocations/nodes.ts';
import { durationText, type EventLife, type LifeState } from './eventLife.ts';

/** What a row is made with. */
export interface ItemFacts {
  readonly waitTime: number;
  readonly clock: WaitClockState | undefined;
  readonly state: LifeState;
  readonly attempts: number;
}

export function toEventItem({ life, folder }: EventNode, facts: ItemFacts): vscode.TreeItem {
  const item = new vscode.TreeItem(life.functionName, vscode.TreeItemCollapsibleState.Collapsed);
  const parts = [
    ...(life.qualifier === '$LATEST' ? [] : [life.qualifier]),
    stateText(facts),
    attemptsText(facts.attempts),
    clockTime(queuedAt(life)),
  ];
  item.id = `event ${folder.uri} ${life.requestId}`;
  item.description = parts.join(' · ');
  item.iconPath = iconOf(facts.state);
  item.contextValue = facts.state.kind === 'waiting' ? 'asyncEventWaiting' : 'asyncEvent';
  item.tooltip = [
    vscode.l10n.t('{0}, invoked asynchronously', life.functionName),
    vscode.l10n.t('Request {0}', life.requestId),
  ].join('\n');
  item.accessibilityInformation = { label: [life.functionName, ...parts].join(', ') };
  return item;
}

export function toStepItem({ life, step, folder, index }: StepNode, facts: ItemFacts): vscode.TreeItem {
  const { change, at } = step;
  const item = new vscode.TreeItem('');
  item.id = `step ${folder.uri} ${life.requestId} ${index}`;
  item.contextValue = 'asyncStep';
  switch (change.kind) {
    case 'waits': {
      const isWaiting = facts.state.kind === 'waiting' && facts.state.dueAt === change.dueAt;
      item.label = isWaiting
        ? waitText(change.dueAt, facts)
        : change.after === 'error'
          ? vscode.l10n.t('Waited for the next attempt')
          : vscode.l10n.t('Was turned away, and waited');
      item.description = [change.reason, deadlineText(change.dueAt)].filter(Boolean).join(' · ');
      item.iconPath = new vscode.ThemeIcon(isWaiting ? 'watch' : 'history');
      if (isWaiting) item.contextValue = 'asyncWait';
      break;
    }
    case 'ended':
      item.label = conditionText(change.condition);
      item.description = attemptsText(change.invokeCount);
      item.iconPath = iconOf({ kind: change.condition === 'Success' ? 'succeeded' : 'failed' });
      break;
    case 'delivered':
      item.label =
        change.as === 'deadLetter'
          ? vscode.l10n.t('Dead-lettered to {0}', nameOf(change.targetArn))
          : vscode.l10n.t('Delivered to {0}', nameOf(change.targetArn));
      item.description = [kindText(change.as), clockTime(at)].join(' · ');
      item.iconPath = new vscode.ThemeIcon(change.as === 'deadLetter' ? 'inbox' : 'export');
      item.contextValue = 'asyncDelivery';
      break;
    case 'notDelivered':
      item.label = vscode.l10n.t('Not delivered to {0}', nameOf(change.targetArn));
      item.description = [
        change.reason,
        change.dueAt === undefined
          ? vscode.l10n.t('it is lost, as on Lambda')
          : vscode.l10n.t('tried again at {0}', deadlineText(change.dueAt)),
      ].join(' · ');
      item.iconPath = new vscode.ThemeIcon('warning');
      if (facts.state.kind === 'waiting' && facts.state.dueAt === change.dueAt)
        item.contextValue = 'asyncWait';
      break;
    case 'queued':
      item.label = vscode.l10n.t('Queued');
  }
  item.tooltip = [item.label, item.description].filter(Boolean).join('\n');
  return item;
}

/** What is said over the view of a clock that does not go as the real one. */
export function clockText(clock: WaitClockState | undefined): string | undefined {
  if (clock?.paused) return vscode.l10n.t('The clock is paused: nothing that waits becomes due.');
  return clock && clock.scale !== 1
    ? vscode.l10n.t('{0} seconds of waiting pass in one.', clock.scale)
    : undefined;
}

function stateText(facts: ItemFacts): string {
  const { state } = facts;
  switch (state.kind) {
    case 'waiting':
      return waitText(state.dueAt, facts);
    case 'running':
      return vscode.l10n.t('running');
    case 'succeeded':
      return vscode.l10n.t('succeeded');
    case 'failed':
      return vscode.l10n.t('failed');
  }
}

function waitText(dueAt: number, { waitTime, clock }: ItemFacts): string {
  const left = durationText(dueAt - waitTime);
  return clock?.paused ? vscode.l10n.t('waits {0}, paused', left) : vscode.l10n.t('waits {0}', left);
}

function deadlineText(dueAt: number): string {
  return clockTime(dueAt);
}

function attemptsText(count: number): string {
  return count === 1 ? vscode.l10n.t('1 attempt') : vscode.l10n.t('{0} attempts', count);
}

function conditionText(condition: string): string {
  const texts: Readonly<Record<string, string>> = {
    Success: vscode.l10n.t('Succeeded'),
    RetriesExhausted: vscode.l10n.t('Failed: no attempts are left'),
    EventAgeExceeded: vscode.l10n.t('Failed: the event is too old'),
    ZeroReservedConcurrency: vscode.l10n.t('Failed: the function reserves no concurrency'),
  };
  return texts[condition] ?? condition;
}

function kindText(as: 'deadLetter' | 'onFailure' | 'onSuccess'): string {
  if (as === 'deadLetter') return vscode.l10n.t('dead-letter queue');
  return as === 'onFailure'
    ? vscode.l10n.t('destination on failure')
    : vscode.l10n.t('destination on success');
}

function iconOf({ kind }: LifeState | { readonly kind: 'succeeded' | 'failed' }): vscode.ThemeIcon {
  switch (kind) {
    case 'waiting':
      return new vscode.ThemeIcon('watch');
    case 'running':
      return new vscode.ThemeIcon('sync');
    case 'succeeded':
      return new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed'));
    case 'failed':
      return new vscode.ThemeIcon('error', new vscode.ThemeColor('testing.iconFailed'));
  }
}

function nameOf(arn: string): string {
  return arn.split(/[:/]/).at(-1) ?? arn;
}

function queuedAt({ changes }: EventLife): number {
  return changes[0]?.at ?? 0;
}

function clockTime(at: number): string {
  return new Date(at).toLocaleTimeString(vscode.env.language);
}
