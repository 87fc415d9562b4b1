import * as vscode from 'vscode';
import type { HandlerSummary } from '../../analyzer/protocol.ts';
import type { FunctionDefinition } from '../../model/functionDefinition.ts';

/** The names of the functions behind a handler, or what the export is called. */
export function nameOf({ handler }: HandlerSummary, functions: readonly FunctionDefinition[]): string {
  return functions.length > 0 ? functions.map(({ name }) => name).join(', ') : handler.name;
}

/** For example `4 statements once per environment · 12 on every invocation`. */
export function countsText({ statements: { init, invoke, lazy } }: HandlerSummary): string {
  const once =
    init === 1
      ? vscode.l10n.t('1 statement once per environment')
      : vscode.l10n.t('{0} statements once per environment', init);
  const every = vscode.l10n.t('{0} on every invocation', invoke);
  return [once, ...(lazy > 0 ? [vscode.l10n.t('{0} on first use', lazy)] : []), every].join(' · ');
}

/** The same for the status bar: `4 init · 12 invoke`. */
export function shortCountsText({ statements: { init, invoke, lazy } }: HandlerSummary): string {
  const parts = [
    vscode.l10n.t('{0} init', init),
    ...(lazy > 0 ? [vscode.l10n.t('{0} lazy', lazy)] : []),
    vscode.l10n.t('{0} invoke', invoke),
  ];
  return parts.join(' · ');
}

/** What the counts are of. */
export function filesText({ files }: HandlerSummary): string {
  return files > 1
    ? vscode.l10n.t('Statements of the {0} files that the handler reaches', files)
    : vscode.l10n.t('Statements of this file');
}
