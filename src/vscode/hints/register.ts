import * as vscode from 'vscode';
import type { Services } from '../services.ts';
import { registerCommand } from '../support/commands.ts';
import { setting } from '../support/settings.ts';
import type { Analyses } from './analyses.ts';
import { hintSelector } from './candidates.ts';
import { HandlerCodeLenses } from './codeLenses.ts';
import { PhaseDecorations } from './decorations.ts';
import { hoverSelector, PhaseHovers } from './hovers.ts';
import { PhaseInlayHints } from './inlayHints.ts';
import { showRegions } from './regions.ts';
import { FileStatus } from './statusBar.ts';

/** Shows in handlers which code runs once per execution environment and which on every invocation. */
export function registerHints(
  context: vscode.ExtensionContext,
  analyses: Analyses,
  services: Pick<Services, 'projects' | 'log'>,
): vscode.Disposable {
  const inlayHints = new PhaseInlayHints(analyses);
  const codeLenses = new HandlerCodeLenses(analyses, services);
  const { languages } = vscode;
  return vscode.Disposable.from(
    inlayHints,
    codeLenses,
    languages.registerInlayHintsProvider(hintSelector, inlayHints),
    languages.registerCodeLensProvider(hintSelector, codeLenses),
    languages.registerHoverProvider(hoverSelector, new PhaseHovers(analyses)),
    new PhaseDecorations(analyses, context.extensionUri),
    new FileStatus(analyses, services),
    registerCommand(services.log, 'lambdaLens.hints.toggle', toggle),
    registerCommand(services.log, 'lambdaLens.hints.showRegions', () => showRegions(analyses)),
  );
}

/** Off, or back to what the user had configured; the user's settings only, as the workspace may be shared. */
async function toggle(): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('lambdaLens');
  const isOff = setting('hints.mode') === 'off';
  const own = configuration.inspect('hints.mode');
  const inWorkspace = own?.workspaceValue !== undefined;
  const target = inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  await configuration.update('hints.mode', isOff ? undefined : 'off', target);
  if (isOff && setting('hints.mode') === 'off') await configuration.update('hints.mode', 'edges', target);
}
