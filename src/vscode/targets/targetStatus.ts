import * as vscode from 'vscode';
import type { Target } from '../../model/target.ts';
import type { Services } from '../services.ts';

/** Shows in the status bar which account the Functions view shows, as long as it is not this machine. */
export function showTarget({ targets }: Pick<Services, 'targets'>): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('lambdaLens.target', vscode.StatusBarAlignment.Left);
  item.name = vscode.l10n.t('Lambda Target');
  item.command = 'lambdaLens.selectTarget';
  const show = () => {
    const identities = deployedTargets(targets).map(({ identity }) => identity);
    const [first, ...others] = identities;
    if (!first) return item.hide();
    item.text = `$(cloud) ${first.label} · ${first.region}${others.length > 0 ? ` +${others.length}` : ''}`;
    item.tooltip = identities
      .map(({ label, accountId, region, isReadOnly }) =>
        [
          vscode.l10n.t('The Functions view shows {0}', label),
          ...(accountId === undefined ? [] : [vscode.l10n.t('account {0}', accountId)]),
          region,
          ...(isReadOnly ? [vscode.l10n.t('read-only')] : []),
        ].join(', '),
      )
      .join('\n');
    item.accessibilityInformation = { label: item.tooltip };
    item.show();
  };
  return vscode.Disposable.from(
    item,
    targets.onDidChange(show),
    vscode.workspace.onDidChangeConfiguration(event => {
      if (event.affectsConfiguration('lambdaLens.target')) show();
    }),
  );
}

/** Those of the open folders, each once. */
export function deployedTargets(targets: Services['targets']): readonly Target[] {
  const all = (vscode.workspace.workspaceFolders ?? []).flatMap(folder => targets.deployed(folder) ?? []);
  return [...new Map(all.map(target => [target.identity.id, target])).values()];
}
