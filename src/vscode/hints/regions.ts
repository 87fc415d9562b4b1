import * as vscode from 'vscode';
import type { Hint, Mark, Phase } from '../../analyzer/protocol.ts';
import { UserError } from '../../shared/errors.ts';
import { setting } from '../support/settings.ts';
import type { Analyses } from './analyses.ts';
import type { ShownFile } from './shown.ts';

/** A place to go to, and what of it is of note. */
type Region = Mark & Partial<Pick<Hint, 'label'>>;

interface RegionItem extends vscode.QuickPickItem {
  readonly region?: Region;
  readonly run?: () => Thenable<unknown>;
}

/** Lists what of the active file runs when, and goes to what is picked. */
export async function showRegions(analyses: Analyses): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const shown = editor && (await analyses.of(editor.document));
  const regions = shown ? regionsOf(shown) : [];
  if (!editor || regions.length === 0) {
    throw new UserError(
      vscode.l10n.t('No code of this file is known to run in a Lambda function. Open the file of a handler.'),
    );
  }
  const before = editor.selection;
  const picked = await pickRegion(editor, itemsOf(editor.document, regions));
  if (picked?.run) await picked.run();
  await show(editor, picked?.region ? caretAt(picked.region) : before);
}

/** The list was perhaps opened from the status bar; the caret belongs to the editor again. */
async function show({ document, viewColumn }: vscode.TextEditor, selection: vscode.Selection): Promise<void> {
  await vscode.window.showTextDocument(document, { selection, ...(viewColumn && { viewColumn }) });
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
      if (!item.region) return;
      const { range } = editor.document.lineAt(item.region.line - 1);
      editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
      editor.selection = new vscode.Selection(range.end, range.start);
    },
  });
}

/** Where the phase changes, and every client and connection. */
function regionsOf({ marks, hints }: ShownFile): readonly Region[] {
  const notes = hints.filter(({ kind }) => kind === 'client' || kind === 'connection');
  const noted = new Set(notes.map(({ line }) => line));
  return [...notes, ...marks.filter(({ line }) => !noted.has(line))].sort((a, b) => a.line - b.line);
}

function itemsOf(document: vscode.TextDocument, all: readonly Region[]): readonly RegionItem[] {
  const phases: readonly (readonly [Phase, string])[] = [
    ['init', vscode.l10n.t('once per environment')],
    ['lazy', vscode.l10n.t('once, on first use')],
    ['both', vscode.l10n.t('init and every invocation')],
    ['invoke', vscode.l10n.t('every invocation')],
  ];
  const regions = phases.flatMap(([phase, label]): RegionItem[] => {
    const own = all.filter(region => region.phase === phase);
    if (own.length === 0) return [];
    const separator = { label, kind: vscode.QuickPickItemKind.Separator };
    return [separator, ...own.map(region => regionItem(document, region))];
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

/** The longest code that leaves room for what is said of it. */
const maximumLength = 60;

function regionItem(document: vscode.TextDocument, region: Region): RegionItem {
  const code = document.lineAt(region.line - 1).text.trim();
  const line = vscode.l10n.t('line {0}', region.line);
  return {
    label: code.length > maximumLength ? `${code.slice(0, maximumLength - 1)}…` : code,
    description: region.label === undefined ? line : `${line} · ${region.label}`,
    region,
  };
}

function caretAt({ line, column }: Region): vscode.Selection {
  const place = new vscode.Position(line - 1, column - 1);
  return new vscode.Selection(place, place);
}
