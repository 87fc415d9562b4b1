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

/** How the lines of a phase are told from others. */
export interface BandTypes {
  /** A tint behind all of them. Themes of high contrast have none. */
  readonly fill: ByPhase;
  /** Lines over the first and under the last of them, drawn differently for each phase. Other themes have none. */
  readonly top: ByPhase;
  readonly bottom: ByPhase;
}

export function createBandTypes(store: DisposableStore): BandTypes {
  const wholeLines = (options: vscode.DecorationRenderOptions) =>
    store.add(
      vscode.window.createTextEditorDecorationType({
        isWholeLine: true,
        rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
        ...options,
      }),
    );
  const border = (borderWidth: string) => (phase: Phase) =>
    wholeLines({
      borderColor: new vscode.ThemeColor(`lambdaLens.${colorOf[phase]}Border`),
      borderStyle: borderStyles[phase],
      borderWidth,
    });
  return {
    fill: byPhase(phase =>
      wholeLines({ backgroundColor: new vscode.ThemeColor(`lambdaLens.${colorOf[phase]}Background`) }),
    ),
    top: byPhase(border('1px 0 0 0')),
    bottom: byPhase(border('0 0 1px 0')),
  };
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
  both: 'dashed',
};

function byPhase(create: (phase: Phase) => vscode.TextEditorDecorationType): ByPhase {
  return { init: create('init'), invoke: create('invoke'), both: create('both'), lazy: create('lazy') };
}
