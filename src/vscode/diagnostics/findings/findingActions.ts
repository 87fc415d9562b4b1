import * as vscode from 'vscode';
import type { Finding, Suppression, TextEdit } from '../../../model/finding.ts';
import { abortOn } from '../../support/cancellation.ts';
import { toRange } from '../../support/ranges.ts';
import type { DocumentFindings } from './documentFindings.ts';
import { toDiagnostic } from './toDiagnostic.ts';

const fixAllKind = vscode.CodeActionKind.SourceFixAll.append('lambdaLens');

/** For each finding its fix and a comment that keeps it quiet, and for a file all safe fixes at once. */
export class FindingActions implements vscode.CodeActionProvider<FixAllAction | vscode.CodeAction> {
  static readonly providedCodeActionKinds = [vscode.CodeActionKind.QuickFix, fixAllKind];
  readonly #findings: DocumentFindings;

  constructor(findings: DocumentFindings) {
    this.#findings = findings;
  }

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    { only, diagnostics, triggerKind }: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    const wantsFixes = !only || only.contains(vscode.CodeActionKind.QuickFix);
    const wantsAll = only?.intersects(fixAllKind) ?? false;
    // Nobody waits for what a light bulb would offer where there is nothing to fix.
    const isIdle = triggerKind === vscode.CodeActionTriggerKind.Automatic && diagnostics.length === 0;
    if ((!wantsFixes && !wantsAll) || (isIdle && !wantsAll)) return [];
    const found = await this.#findings.of(document);
    const findings = found?.findings ?? [];
    const safe = findings.filter(({ fix }) => fix?.isSafe).length;
    if (wantsAll) return safe > 0 ? [new FixAllAction(document, fixAllKind)] : [];
    const here = findings.filter(finding => toRange(finding).intersection(range));
    const actions = here.flatMap(finding => [
      ...fixes(document, finding),
      ...suppressions(document, finding),
    ]);
    const offersAll = safe > 1 && here.some(({ fix }) => fix?.isSafe);
    return offersAll ? [...actions, new FixAllAction(document, vscode.CodeActionKind.QuickFix)] : actions;
  }

  /** What all fixes come to is worked out when somebody wants them. */
  async resolveCodeAction(
    action: FixAllAction | vscode.CodeAction,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeAction> {
    if (!(action instanceof FixAllAction)) return action;
    const { document, version } = action;
    if (document.version !== version) return action;
    const edits = await this.#findings.fixAll(document, abortOn(token));
    action.edit = workspaceEdit(document, edits ?? []);
    return action;
  }
}

class FixAllAction extends vscode.CodeAction {
  readonly document: vscode.TextDocument;
  /** That of the document when the action was made. */
  readonly version: number;

  constructor(document: vscode.TextDocument, kind: vscode.CodeActionKind) {
    super(vscode.l10n.t('Fix all safe Lambda Lens problems in this file'), kind);
    this.document = document;
    this.version = document.version;
  }
}

function fixes(document: vscode.TextDocument, finding: Finding): vscode.CodeAction[] {
  const { fix } = finding;
  if (!fix) return [];
  const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
  action.edit = workspaceEdit(document, fix.edits);
  action.diagnostics = [toDiagnostic(finding, document)];
  action.isPreferred = fix.isSafe;
  return [action];
}

function suppressions(document: vscode.TextDocument, finding: Finding): vscode.CodeAction[] {
  const { suppression, rule } = finding;
  if (!suppression) return [];
  const title = vscode.l10n.t('Disable {0} for this line', rule);
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.edit = new vscode.WorkspaceEdit();
  action.edit.set(document.uri, [suppressionEdit(document, suppression)]);
  action.diagnostics = [toDiagnostic(finding, document)];
  return [action];
}

/** The caret goes to where the reason is to be written. */
function suppressionEdit(
  document: vscode.TextDocument,
  { at, before, after, needsReason }: Suppression,
): vscode.SnippetTextEdit | vscode.TextEdit {
  const place = document.positionAt(at);
  if (!needsReason) return vscode.TextEdit.insert(place, before + after);
  const snippet = new vscode.SnippetString().appendText(before);
  snippet.appendPlaceholder(vscode.l10n.t('reason')).appendText(after);
  return vscode.SnippetTextEdit.insert(place, snippet);
}

function workspaceEdit(document: vscode.TextDocument, edits: readonly TextEdit[]): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  for (const { start, end, newText } of edits) {
    const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
    edit.replace(document.uri, range, newText);
  }
  return edit;
}
