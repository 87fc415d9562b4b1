import * as vscode from 'vscode';
import type { TriggerNode } from '../functions/nodes.ts';
import type { Services } from '../services.ts';
import { registerCommand } from '../support/commands.ts';
import type { HttpAddresses } from './addresses.ts';

/** "Open in Browser" and "Copy URL" for what functions answer over HTTP. */
export function registerHttp(
  services: Pick<Services, 'log'> & { readonly addresses: Pick<HttpAddresses, 'find'> },
): vscode.Disposable {
  const { addresses, log } = services;
  return vscode.Disposable.from(
    registerCommand(log, 'lambdaLens.openUrl', async ({ folder, trigger }: TriggerNode) => {
      const { url } = await addresses.find(folder, trigger);
      const filled = await fillIn(url);
      if (filled === undefined) return;
      await vscode.env.openExternal(await vscode.env.asExternalUri(vscode.Uri.parse(filled, true)));
    }),
    registerCommand(log, 'lambdaLens.copyUrl', async ({ folder, trigger }: TriggerNode) => {
      const { url } = await addresses.find(folder, trigger);
      const { origin } = new URL(url);
      // Where the window is remote, the port is forwarded to another address.
      const external = (await vscode.env.asExternalUri(vscode.Uri.parse(origin, true))).toString(true);
      await vscode.env.clipboard.writeText(external.replace(/\/$/, '') + url.slice(origin.length));
    }),
  );
}

/** Asks for the path parameters; undefined when the user gives up. */
async function fillIn(url: string): Promise<string | undefined> {
  let filled = url;
  for (const [whole, name = '', greedy] of url.matchAll(/\{([^{}+]+)(\+)?\}/g)) {
    const value = await vscode.window.showInputBox({
      title: url.replace(/^https?:\/\/[^/]+/, ''),
      prompt: vscode.l10n.t('The path parameter {0}', name),
      ignoreFocusOut: true,
      validateInput: text => (text === '' ? vscode.l10n.t('A path parameter cannot be empty.') : undefined),
    });
    if (value === undefined) return undefined;
    filled = filled.replace(whole, greedy ? encodeURI(value) : encodeURIComponent(value));
  }
  return filled;
}
