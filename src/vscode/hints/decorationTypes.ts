import * as vscode from 'vscode';
import type { Phase } from '../../analyzer/protocol.ts';
import type { DisposableStore } from '../../shared/disposable.ts';

type ByPhase = Readonly<Record<Phase, vscode.TextEditorDecorationType>>;

/** Where another phase begins: a sign in the gutter, each of its own shape, and a mark in the overview ruler. */
export function createMarkTypes(extensionUri: vscode.Uri, store: DisposableStore): ByPhase {
  const icon = (phase: Phase, theme: string) =>
    vscode.Uri.joinPath(extensionUri, 'media', `gutter-${phase}-${theme}.svg`);
  return byPhase(phase =>
    store.add(
      vscode.window.createTextEditorDecorationType({
        rangeBehavior: vscode.DecorationRangeBehavior.ClosedOpen,
        overviewRulerLane: vscode.OverviewRulerLane.Left,
        overviewRulerColor: new vscode.ThemeColor(`lambdaLens.${colorOf[phase]}OverviewRuler`),
        dark: { gutterIconPath: icon(phase, 'dark'), gutterIconSize: 'contain' },
        light: { gutterIconPath: icon(phase, 'light'), gutterIconSize: 'contain' },
      }),
    ),
  );
}

/**
 * Behind the lines of a phase: a tint, and where the theme has a border for it (those of high contrast do, and
 * no tint) a line along their left side that is drawn differently for each phase.
 */
export function createBandTypes(store: DisposableStore): ByPhase {
  return byPhase(phase =>
    store.add(
      vscode.window.createTextEditorDecorationType({
        isWholeLine: true,
        rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
        backgroundColor: new vscode.ThemeColor(`lambdaLens.${colorOf[phase]}Background`),
        borderColor: new vscode.ThemeColor(`lambdaLens.${colorOf[phase]}Border`),
        borderStyle: borderStyles[phase],
        borderWidth: '0 0 0 3px',
      }),
    ),
  );
}

const colorOf: Readonly<Record<Phase, 'init' | 'invoke'>> = {
  init: 'init',
  lazy: 'init',
  invoke: 'invoke',
  both: 'invoke',
};

const borderStyles: Readonly<Record<Phase, string>> = {
  init: 'solid',
  lazy: 'dotted',
  invoke: 'dashed',
  both: 'double',
};

function byPhase(create: (phase: Phase) => vscode.TextEditorDecorationType): ByPhase {
  return { init: create('init'), invoke: create('invoke'), both: create('both'), lazy: create('lazy') };
}
