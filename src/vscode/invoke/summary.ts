import * as vscode from 'vscode';
import type { InvokeResult } from '../../client/connection.ts';
import { type ReportFigures, readReport } from './report.ts';

/**
 * One line for people: how it went, cold or warm, and what it cost.
 *
 * @param before the figures of the last run of the same function with the same event
 */
export function summarize(result: InvokeResult, before?: ReportFigures): string {
  const report = readReport(result.logTail);
  const failed = result.functionError !== undefined;
  const parts = [failed ? vscode.l10n.t('$(error) Failed') : vscode.l10n.t('$(pass) Succeeded')];
  // What never ran used no memory.
  if (report?.maxMemoryUsedMb === 0) parts.push(vscode.l10n.t('the code could not be built'));
  else if (report) {
    parts.push(
      report.initDurationMs === undefined
        ? vscode.l10n.t('warm environment')
        : `${vscode.l10n.t('cold start, init {0} ms', report.initDurationMs.toFixed(0))}${compared(before?.initDurationMs, 0)}`,
      `${vscode.l10n.t('{0} ms', report.durationMs.toFixed(1))}${compared(before?.durationMs, 1)}`,
      vscode.l10n.t('{0} of {1} MB', report.maxMemoryUsedMb, report.memorySizeMb),
    );
  }
  if (result.executedVersion !== undefined) parts.push(result.executedVersion);
  return parts.join(' · ');
}

function compared(before: number | undefined, digits: number): string {
  return before === undefined ? '' : ` ${vscode.l10n.t('(before: {0} ms)', before.toFixed(digits))}`;
}
