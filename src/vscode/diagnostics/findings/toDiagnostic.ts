import * as vscode from 'vscode';
import type { CallPlace, Finding } from '../../../model/finding.ts';
import { rulePageOf } from '../../../model/rulePages.ts';
import { toRange } from '../../support/ranges.ts';
import { diagnosticSource } from '../codes.ts';

/**
 * A finding as the Problems view shows it, with a link to the rule's page and the calls that lead to it.
 * @param document that of the finding, where it is open
 */
export function toDiagnostic(finding: Finding, document?: vscode.TextDocument): vscode.Diagnostic {
  const { message, severity, rule, tag, calls = [] } = finding;
  const diagnostic = new vscode.Diagnostic(shownRange(finding, document), message, severities[severity]);
  diagnostic.source = diagnosticSource;
  diagnostic.code = { value: rule, target: vscode.Uri.parse(rulePageOf(rule), true) };
  if (tag) diagnostic.tags = [tags[tag]];
  if (calls.length > 0) diagnostic.relatedInformation = calls.slice(-maximumCalls).map(toRelated);
  return diagnostic;
}

/** The first line of several: waves below all of them, and below their indentation, would be too much. */
function shownRange(finding: Finding, document: vscode.TextDocument | undefined): vscode.Range {
  const range = toRange(finding);
  if (!document || range.isSingleLine || range.start.line >= document.lineCount) return range;
  return new vscode.Range(range.start, document.lineAt(range.start.line).range.end);
}

/** Of a longer way those that are nearest are told. */
const maximumCalls = 8;

const severities = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
} as const;

const tags = {
  unnecessary: vscode.DiagnosticTag.Unnecessary,
  deprecated: vscode.DiagnosticTag.Deprecated,
} as const;

function toRelated({ from, to, file, line, column }: CallPlace): vscode.DiagnosticRelatedInformation {
  const place = new vscode.Location(vscode.Uri.file(file), new vscode.Position(line - 1, column - 1));
  return new vscode.DiagnosticRelatedInformation(place, vscode.l10n.t('{0} calls {1}', from, to));
}
