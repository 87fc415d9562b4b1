import { dirname } from 'node:path';
import * as vscode from 'vscode';
import type { HandlerCreation, HandlerRepairs } from '../../model/templateRequests.ts';
import { diagnosticSource, handlerCodes } from '../diagnostics/codes.ts';
import { triggersOf } from '../functions/triggers.ts';
import type { Services } from '../services.ts';
import { abortOn } from '../support/cancellation.ts';
import { rewriteHandler } from './handlerString.ts';
import { dirtyTexts } from './handlers.ts';
import { nearestFirst } from './nearest.ts';
import type { TemplateFunction, Templates } from './templates.ts';

/** More than a menu of fixes can show is not offered. */
const maximumChoices = 8;

/** For a handler that does not exist: create it, or name one that does. */
export class HandlerFixes implements vscode.CodeActionProvider {
  static readonly providedCodeActionKinds = [vscode.CodeActionKind.QuickFix];
  readonly #services: Pick<Services, 'analyzer'>;
  readonly #templates: Templates;

  constructor(templates: Templates, services: Pick<Services, 'analyzer'>) {
    this.#templates = templates;
    this.#services = services;
  }

  async provideCodeActions(
    document: vscode.TextDocument,
    _range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeAction[]> {
    const own = diagnostics.filter(isMissingHandler);
    if (own.length === 0) return [];
    const functions = (await this.#templates.functionsIn(document)) ?? [];
    const actions = await Promise.all(
      own.map(async diagnostic => {
        const broken = functions.find(({ handler, name }) => (handler ?? name)?.isEqual(diagnostic.range));
        const repairs = broken && (await this.#repairs(broken, token));
        if (!broken || !repairs) return [];
        const fixes = [...creationFixes(repairs), ...choiceFixes(document, broken, repairs)];
        for (const fix of fixes) fix.diagnostics = [diagnostic];
        return fixes;
      }),
    );
    return actions.flat();
  }

  async #repairs(
    { definition, model }: TemplateFunction,
    token: vscode.CancellationToken,
  ): Promise<HandlerRepairs | undefined> {
    const trigger = triggersOf(definition, model.triggers)[0]?.kind;
    const files = model.functions.flatMap(({ entryFile }) => entryFile ?? []);
    const outcome = await this.#services.analyzer.repairHandler(
      {
        definition,
        neighbours: nearestFirst(dirname(`${definition.codeDirectory}/${definition.handler}`), files),
        open: dirtyTexts(),
        ...(trigger && { trigger }),
      },
      abortOn(token),
    );
    return outcome.kind === 'done' ? outcome.value : undefined;
  }
}

function isMissingHandler({ source, code }: vscode.Diagnostic): boolean {
  return source === diagnosticSource && (code === handlerCodes.noFile || code === handlerCodes.noExport);
}

function creationFixes({ creation }: HandlerRepairs): vscode.CodeAction[] {
  if (!creation) return [];
  const uri = vscode.Uri.file(creation.file);
  const path = vscode.workspace.asRelativePath(uri);
  const title =
    creation.kind === 'file'
      ? vscode.l10n.t('Create {0} with this handler', path)
      : vscode.l10n.t('Add this handler to {0}', path);
  const fix = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  fix.edit = creationEdit(uri, creation);
  fix.command = { command: 'vscode.open', title: vscode.l10n.t('Open'), arguments: [uri] };
  fix.isPreferred = true;
  return [fix];
}

function creationEdit(uri: vscode.Uri, creation: HandlerCreation): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  if (creation.kind === 'file') edit.createFile(uri, { ignoreIfExists: true });
  const insertions =
    creation.kind === 'file' ? [{ line: 1, column: 1, text: creation.text }] : creation.insertions;
  for (const { line, column, text } of insertions) {
    edit.insert(uri, new vscode.Position(line - 1, column - 1), text);
  }
  return edit;
}

function choiceFixes(
  document: vscode.TextDocument,
  { definition, handler: range }: TemplateFunction,
  { existing }: HandlerRepairs,
): vscode.CodeAction[] {
  if (!range) return [];
  const written = document.getText(range);
  return existing.slice(0, maximumChoices).flatMap(({ handler }) => {
    const text = rewriteHandler(written, definition.handler, handler);
    if (text === undefined) return [];
    const fix = new vscode.CodeAction(
      vscode.l10n.t('Use the handler {0}', handler),
      vscode.CodeActionKind.QuickFix,
    );
    fix.edit = new vscode.WorkspaceEdit();
    fix.edit.replace(document.uri, range, text);
    return [fix];
  });
}
