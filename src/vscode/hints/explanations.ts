import * as vscode from 'vscode';
import type { Explanation, PathStep, Phase, Way } from '../../analyzer/protocol.ts';
import { escapeMarkdown } from '../support/markdown.ts';

/**
 * An explanation as people read it: when, and by which calls, each with a link to its place.
 * @param isTold a finding says at the same place what a client that is made each time costs
 */
export function explanationText(explanation: Explanation, isTold = false): vscode.MarkdownString {
  const text = new vscode.MarkdownString(`λ ${headline(explanation, isTold)}`);
  const { guard, ways } = explanation;
  if (guard) text.appendMarkdown(`\n\n${vscode.l10n.t('Until {0} is set', link(guard))}`);
  for (const way of ways) {
    if (way.steps.length > 1 || way.side !== 'init') text.appendMarkdown(`\n\n${path(way)}`);
  }
  return text;
}

function headline({ phase, note }: Explanation, isTold: boolean): string {
  if (!phase) return vscode.l10n.t('**Not reached**: no handler is known to lead here');
  if (!note) return phaseTexts(phase);
  if (isTold && phase === 'invoke') return shortText(note.kind, code(note.label));
  return note.kind === 'client'
    ? clientTexts(phase, code(note.label))
    : connectionTexts(phase, code(note.label));
}

function phaseTexts(phase: Phase): string {
  switch (phase) {
    case 'init':
      return vscode.l10n.t('**Once per environment**, before the first invocation');
    case 'invoke':
      return vscode.l10n.t('**Every invocation**');
    case 'both':
      return vscode.l10n.t('**During init and on every invocation**');
    case 'lazy':
      return vscode.l10n.t('**Once per environment**, on the first invocation that gets here');
  }
}

function shortText(kind: NonNullable<Explanation['note']>['kind'], name: string): string {
  return kind === 'client'
    ? vscode.l10n.t('**New client every invocation**: {0}', name)
    : vscode.l10n.t('**New connection every invocation**: {0}', name);
}

function clientTexts(phase: Phase, name: string): string {
  switch (phase) {
    case 'init':
      return vscode.l10n.t(
        '**Client reused**: {0} is made once per environment, for all its invocations',
        name,
      );
    case 'invoke':
      return vscode.l10n.t(
        '**New client every invocation**: made outside of the handler, {0} would keep its connections and credentials from one invocation to the next',
        name,
      );
    case 'both':
      return vscode.l10n.t(
        '**New client every invocation**: {0} is made during init, and again each time',
        name,
      );
    case 'lazy':
      return vscode.l10n.t('**Client reused**: {0} is made by the first invocation that gets here', name);
  }
}

function connectionTexts(phase: Phase, name: string): string {
  switch (phase) {
    case 'init':
      return vscode.l10n.t('**Connection reused**: {0} is called once per environment', name);
    case 'invoke':
      return vscode.l10n.t(
        '**New connection every invocation**: made outside of the handler, what {0} makes would stay open from one invocation to the next',
        name,
      );
    case 'both':
      return vscode.l10n.t(
        '**New connection every invocation**: {0} is called during init, and again each time',
        name,
      );
    case 'lazy':
      return vscode.l10n.t(
        '**Connection reused**: {0} is called by the first invocation that gets here',
        name,
      );
  }
}

/** So many calls are spelled out at the beginning of a long way, and so many at its end. */
const spelledOut = { first: 3, last: 2 };

/** From Lambda's phase by way of the module or the handler that it runs. */
function path({ side, steps }: Way): string {
  const { first, last } = spelledOut;
  const links = steps.map(link);
  const isLong = links.length > first + last + 1;
  const shown = isLong ? [...links.slice(0, first), '…', ...links.slice(-last)] : links;
  return [side === 'init' ? vscode.l10n.t('Init') : vscode.l10n.t('Invoke'), ...shown].join(' → ');
}

function link({ name, file, line, column }: PathStep): string {
  const target = vscode.Uri.file(file).with({ fragment: `L${line},${column}` });
  const place = `${vscode.workspace.asRelativePath(file)}:${line}`;
  return `[${escapeMarkdown(name)}](${target} "${place.replaceAll('"', '')}")`;
}

function code(name: string): string {
  return `\`${name.replaceAll('`', '')}\``;
}
