import * as vscode from 'vscode';
import { triggerName, triggersOf } from '../functions/triggers.ts';
import type { Services } from '../services.ts';
import { escapeMarkdown } from '../support/markdown.ts';
import { toRange } from '../support/ranges.ts';
import { literalOf } from './handlerString.ts';
import { hidden, isSecret } from './secrets.ts';
import type { TemplateFunction, Templates } from './templates.ts';

/** On a handler string, the configuration that the function comes to. */
export class HandlerHovers implements vscode.HoverProvider {
  readonly #templates: Templates;
  readonly #handlers: Services['handlers'];

  constructor(templates: Templates, { handlers }: Pick<Services, 'handlers'>) {
    this.#templates = templates;
    this.#handlers = handlers;
  }

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.Hover | undefined> {
    const found = await this.#templates.handlerAt(document, position);
    if (!found) return undefined;
    const content = new vscode.MarkdownString();
    content.appendMarkdown(`**${escapeMarkdown(found.definition.name)}**\n\n| | |\n|---|---|\n`);
    for (const [label, value] of configuration(found)) content.appendMarkdown(`| ${label} | ${value} |\n`);
    appendList(content, vscode.l10n.t('Invoked by'), triggers(found));
    appendList(content, vscode.l10n.t('Environment'), environment(found, document));
    const problem = this.#handlers.problemOf(found.definition, found.model);
    if (problem) content.appendMarkdown(`\n\n${escapeMarkdown(problem.message)}`);
    return new vscode.Hover(content, found.handler);
  }
}

function appendList(content: vscode.MarkdownString, title: string, items: readonly string[]): void {
  if (items.length > 0)
    content.appendMarkdown(`\n\n${title}\n\n${items.map(item => `- ${item}\n`).join('')}`);
}

function configuration({
  definition,
}: TemplateFunction): readonly (readonly [label: string, markdown: string])[] {
  const { entryFile, runtime, timeoutSeconds, memorySizeMb, roleArn } = definition;
  const file = entryFile === undefined ? undefined : vscode.Uri.file(entryFile);
  return [
    [vscode.l10n.t('Runtime'), escapeMarkdown(runtime)],
    [vscode.l10n.t('Timeout'), vscode.l10n.t('{0} s', timeoutSeconds)],
    [vscode.l10n.t('Memory'), vscode.l10n.t('{0} MB', memorySizeMb)],
    [
      vscode.l10n.t('Role'),
      roleArn === undefined ? vscode.l10n.t('none in the template') : escapeMarkdown(roleArn),
    ],
    [
      vscode.l10n.t('Code'),
      file
        ? `[${escapeMarkdown(vscode.workspace.asRelativePath(file))}](${file.toString()})`
        : vscode.l10n.t('not found'),
    ],
  ];
}

function triggers({ definition, model }: TemplateFunction): readonly string[] {
  return triggersOf(definition, model.triggers).map(({ kind, label }) =>
    escapeMarkdown(`${triggerName(kind)}: ${label}`),
  );
}

/** Values are shown where the template holds them as they are, which whoever sees this can read, and no secrets. */
function environment(
  { definition, isCurrent }: TemplateFunction,
  document: vscode.TextDocument,
): readonly string[] {
  return Object.entries(definition.environment).map(([name, value]) => {
    const range = definition.ranges?.[`environment.${name}`];
    const isHere = isCurrent && range?.file === document.uri.fsPath;
    const written = isHere ? literalOf(document.getText(toRange(range))) : undefined;
    const label = escapeMarkdown(name);
    if (written !== value) return label;
    return `${label} = ${isSecret(name, value) ? hidden : escapeMarkdown(value)}`;
  });
}
