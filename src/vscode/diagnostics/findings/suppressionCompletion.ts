import * as vscode from 'vscode';
import type { RuleInfo } from '../../../model/finding.ts';
import { rulePageOf } from '../../../model/rulePages.ts';
import type { Services } from '../../services.ts';
import { escapeMarkdown } from '../../support/markdown.ts';

/** Behind `lambda-lens-disable-next-line`, up to the caret: the rules that are named already, and a part of one more. */
const directive = /(?:\/\/|\/\*|\*)\s*lambda-lens-disable-next-line\s+((?:[\w-]+[\s,]+)*)([\w-]*)$/;

/** The names of rules, in a comment that keeps some quiet. */
export class SuppressionCompletion implements vscode.CompletionItemProvider {
  static readonly triggerCharacters = [' ', ','];
  readonly #analyzer: Services['analyzer'];

  constructor({ analyzer }: Pick<Services, 'analyzer'>) {
    this.#analyzer = analyzer;
  }

  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.CompletionItem[]> {
    const line = document.lineAt(position.line).text;
    const [, written = '', begun] = directive.exec(line.slice(0, position.character)) ?? [];
    if (begun === undefined || / -- ?$/.test(written)) return [];
    const rules = await this.#analyzer.rules();
    if (rules.kind === 'cancelled') return [];
    const named = written.split(/[\s,]+/);
    if (named.includes('--')) return [];
    const behind = line.slice(position.character);
    const rest = /^[\w-]*/.exec(behind)?.[0] ?? '';
    const range = new vscode.Range(position.translate(0, -begun.length), position.translate(0, rest.length));
    const hasReason = /^\s*(,.*)?\s--/.test(behind.slice(rest.length));
    return rules.value
      .filter(({ name }) => !named.includes(name))
      .map(rule => itemOf(rule, range, hasReason));
  }
}

/** Without a reason the comment would have no effect: there is a place for it. */
function itemOf({ name, title, severity }: RuleInfo, range: vscode.Range, hasReason: boolean) {
  const item = new vscode.CompletionItem(
    { label: name, description: severity },
    vscode.CompletionItemKind.Value,
  );
  item.range = range;
  const documentation = new vscode.MarkdownString(`${escapeMarkdown(title)}\\.`);
  documentation.appendMarkdown(`\n\n[${vscode.l10n.t('About this rule')}](${rulePageOf(name)})`);
  item.documentation = documentation;
  if (!hasReason) {
    item.insertText = new vscode.SnippetString().appendText(`${name} -- `);
    item.insertText.appendPlaceholder(vscode.l10n.t('reason'));
  }
  return item;
}
