import * as vscode from 'vscode';
import type { AliasNode, FunctionsNode } from '../functions/nodes.ts';

/** What lies on a row when an alias is dropped there; as VS Code names what is dragged in a view of ours. */
const aliasType = 'application/vnd.code.tree.lambdalens.functions';

/** Aliases can be taken. */
export function dragAliases(nodes: readonly FunctionsNode[], data: vscode.DataTransfer): void {
  const aliases = nodes.filter(node => node.kind === 'alias');
  if (aliases.length > 0) data.set(aliasType, new vscode.DataTransferItem(aliases));
}

/** An alias that is dropped on a version of its function points there from now on. */
export async function dropAliases(onto: FunctionsNode | undefined, data: vscode.DataTransfer): Promise<void> {
  const aliases = data.get(aliasType)?.value as readonly AliasNode[] | undefined;
  for (const { folder, definition, alias } of aliases ?? []) {
    const version = versionAt(onto, folder, definition.name);
    if (version === undefined) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t('Drop {0} onto a version of {1}, or onto its $LATEST.', alias.name, definition.name),
      );
      return;
    }
    await vscode.commands.executeCommand('lambdaLens.pointAlias', {
      folder: folder.uri,
      functionName: definition.name,
      alias: alias.name,
      revisionId: alias.revisionId,
      version,
    });
  }
}

function versionAt(
  node: FunctionsNode | undefined,
  folder: vscode.WorkspaceFolder,
  functionName: string,
): string | undefined {
  if (node?.kind !== 'version' && node?.kind !== 'qualifier') return undefined;
  if (node.folder.uri.toString() !== folder.uri.toString()) return undefined;
  if (node.definition.name !== functionName) return undefined;
  return node.kind === 'version' ? node.version.version : node.qualifier;
}
