import * as vscode from 'vscode';
import type { CallPlace, Finding } from '../../../model/finding.ts';
import { rulePageOf } from '../../../model/rulePages.ts';
import { toRange } from '../../support/ranges.ts';
import { diagnosticSource } from '../codes.ts';

/** A finding as the Problems view shows it, with a link to the rule's page and the calls that lead to it. */
export function toDiagnostic(finding: Finding): vscode.Diagnostic {
  const { message, severity, rule, tag, calls = [] } = finding;
  const diagnostic = new vscode.Diagnostic(toRange(finding), message, severities[severity]);
  diagnostic.source = diagnosticSource;
  diagnostic.code = { value: rule, target: vscode.Uri.parse(rulePageOf(rule), true) };
  if (tag) diagnostic.tags = [tags[tag]];
  if (calls.length > 0) diagnostic.relatedInformation = calls.slice(-maximumCalls).map(toRelated);
  return diagnostic;
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
