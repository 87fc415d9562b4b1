import * as vscode from 'vscode';
import type { Services } from '../services.ts';
import { templateSelector } from './candidates.ts';
import { TemplateCodeLenses } from './codeLenses.ts';
import { HandlerCompletion } from './handlerCompletion.ts';
import { HandlerDefinitions } from './handlerDefinition.ts';
import { HandlerFixes } from './handlerFixes.ts';
import { HandlerHovers } from './handlerHover.ts';
import { Templates } from './templates.ts';

/** What templates show and offer while they are edited: lenses over functions, and help with handlers. */
export function registerTemplates(
  services: Pick<Services, 'analyzer' | 'projects' | 'handlers'>,
): vscode.Disposable {
  const templates = new Templates(services);
  const lenses = new TemplateCodeLenses(templates, services);
  const { languages } = vscode;
  return vscode.Disposable.from(
    templates,
    lenses,
    languages.registerCodeLensProvider(templateSelector, lenses),
    languages.registerDefinitionProvider(templateSelector, new HandlerDefinitions(templates, services)),
    languages.registerHoverProvider(templateSelector, new HandlerHovers(templates, services)),
    languages.registerCompletionItemProvider(
      templateSelector,
      new HandlerCompletion(services),
      ...HandlerCompletion.triggerCharacters,
    ),
    languages.registerCodeActionsProvider(templateSelector, new HandlerFixes(templates, services), {
      providedCodeActionKinds: HandlerFixes.providedCodeActionKinds,
    }),
  );
}
