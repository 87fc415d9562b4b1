import * as vscode from 'vscode';
import type { Mark, Phase } from '../../analyzer/protocol.ts';
import { UserError } from '../../shared/errors.ts';
import { setting } from '../support/settings.ts';
import type { Analyses } from './analyses.ts';

interface RegionItem extends vscode.QuickPickItem {
  readonly mark?: Mark;
  readonly run?: () => Thenable<unknown>;
}

/** Lists what of the active file runs when, and goes to what is picked. */
export async function showRegions(analyses: Analyses): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const marks = (editor && (await analyses.of(editor.document))?.marks) ?? [];
  if (!editor || marks.length === 0) {
    throw new UserError(
      vscode.l10n.t('No code of this file is known to run in a Lambda function. Open the file of a handler.'),
    );
  }
  const before = editor.selection;
  const picked = await pickRegion(editor, itemsOf(editor.document, marks));
  if (picked?.run) await picked.run();
  const target = picked?.mark ? positionOf(picked.mark) : before.active;
  editor.selection = picked?.mark ? new vscode.Selection(target, target) : before;
  editor.revealRange(new vscode.Range(target, target), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** What is looked at in the list is shown in the editor meanwhile. */
async function pickRegion(
  editor: vscode.TextEditor,
  items: readonly RegionItem[],
): Promise<RegionItem | undefined> {
  return vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('What Runs When'),
    placeHolder: vscode.l10n.t('Go to code that runs once per environment, or on every invocation'),
    matchOnDescription: true,
    onDidSelectItem: (item: RegionItem) => {
      if (!item.mark) return;
      const { range } = editor.document.lineAt(item.mark.line - 1);
      editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
      editor.selection = new vscode.Selection(range.end, range.start);
    },
  });
}

function itemsOf(document: vscode.TextDocument, marks: readonly Mark[]): readonly RegionItem[] {
  const phases: readonly (readonly [Phase, string])[] = [
    ['init', vscode.l10n.t('once per environment')],
    ['lazy', vscode.l10n.t('once, on first use')],
    ['both', vscode.l10n.t('init and every invocation')],
    ['invoke', vscode.l10n.t('every invocation')],
  ];
  const regions = phases.flatMap(([phase, label]): RegionItem[] => {
    const own = marks.filter(mark => mark.phase === phase);
    if (own.length === 0) return [];
    const separator = { label, kind: vscode.QuickPickItemKind.Separator };
    return [separator, ...own.map(mark => regionItem(document, mark))];
  });
  const isOff = setting('hints.mode', document) === 'off';
  return [
    ...regions,
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    {
      label: isOff
        ? vscode.l10n.t('$(eye) Switch the inline hints on')
        : vscode.l10n.t('$(eye-closed) Switch the inline hints off'),
      run: () => vscode.commands.executeCommand('lambdaLens.hints.toggle'),
    },
  ];
}

function regionItem(document: vscode.TextDocument, mark: Mark): RegionItem {
  const { text } = document.lineAt(mark.line - 1);
  return {
    label: text.trim(),
    description: vscode.l10n.t('line {0}', mark.line),
    mark,
  };
}

function positionOf({ line, column }: Mark): vscode.Position {
  return new vscode.Position(line - 1, column - 1);
}
