import * as vscode from 'vscode';
import type { Target } from '../../model/target.ts';
import type { Disposable } from '../../shared/disposable.ts';
import { UserError } from '../../shared/errors.ts';
import type { Engines, Targets } from '../services.ts';
import { setting } from '../support/settings.ts';
import { loadClient } from './lazyClient.ts';

/** Every folder's target is its local engine, until the user selects another one for as long as the window is open. */
export function createTargets(
  engines: Engines,
  { distDirectory }: { readonly distDirectory: string },
): Targets & vscode.Disposable {
  const accounts = new Map<string, Target & Disposable>();
  const changed = new vscode.EventEmitter<vscode.WorkspaceFolder>();
  const accountOf = ({ uri }: vscode.WorkspaceFolder) => accounts.get(uri.toString());
  const subscription = engines.onDidChange(folder => {
    if (!accountOf(folder)) changed.fire(folder);
  });
  return {
    onDidChange: changed.event,
    connect: async folder => accountOf(folder) ?? (await engines.connect(folder)).target,
    current: folder => accountOf(folder) ?? engines.current(folder)?.target,
    deployed: accountOf,
    async select(folder, access, signal) {
      if (access && !vscode.workspace.isTrusted) throw untrusted();
      const account =
        access &&
        (await loadClient(distDirectory).openAwsTarget({
          access,
          isReadOnly: () => setting('target.readOnly', folder),
          ...(signal ? { signal } : {}),
        }));
      accountOf(folder)?.dispose();
      if (account) accounts.set(folder.uri.toString(), account);
      else accounts.delete(folder.uri.toString());
      changed.fire(folder);
      return account;
    },
    profiles: () => loadClient(distDirectory).listAwsProfiles(),
    dispose() {
      subscription.dispose();
      changed.dispose();
      for (const account of accounts.values()) account.dispose();
    },
  };
}

function untrusted(): UserError {
  return new UserError(
    vscode.l10n.t('Lambda Lens calls no account from an untrusted workspace. Trust the workspace first.'),
  );
}
