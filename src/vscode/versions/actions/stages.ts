import * as vscode from 'vscode';
import type { FunctionAlias } from '../../../model/target.ts';
import { routingText, versionLabel } from '../texts.ts';
import { type ActionServices, argumentsOf, type Given } from './action.ts';
import { chooseFunction } from './choose.ts';
import { inProgress, mayChange, tellDone } from './confirm.ts';

const stages = ['DEV', 'STAGE', 'PROD'];

/** Makes the aliases that most teams have: DEV goes with `$LATEST`, the others begin at the newest version. */
export async function setUpStages(
  given: Given,
  services: ActionServices,
): Promise<readonly FunctionAlias[] | undefined> {
  const chosen = await chooseFunction(given, vscode.l10n.t('Set Up DEV, STAGE and PROD'), services);
  if (!chosen) return undefined;
  const { folder, definition, target } = chosen;
  const existing = new Map((await target.aliases(definition.name)).map(alias => [alias.name, alias]));
  const missing = stages.filter(name => !existing.has(name));
  if (missing.length === 0) {
    tellDone(vscode.l10n.t('{0} has DEV, STAGE and PROD already.', definition.name));
    return [...existing.values()];
  }
  const question = {
    message: vscode.l10n.t('Create {1} of {0}?', definition.name, missing.join(', ')),
    action: vscode.l10n.t('Create'),
  };
  if (!(await mayChange(target, question, argumentsOf(given).confirmed))) return undefined;
  return inProgress(async () => {
    const pages = await Array.fromAsync(target.versions(definition.name));
    const newest = pages.flat().at(-1) ?? (await target.publishVersion({ functionName: definition.name }));
    try {
      for (const name of missing) {
        const version = name === 'DEV' ? '$LATEST' : newest.version;
        const made = await target.createAlias({ functionName: definition.name, name, routing: { version } });
        existing.set(name, made);
      }
    } finally {
      services.states.refresh(folder, definition.name);
    }
    const aliases = [...existing.values()].filter(({ name }) => stages.includes(name));
    services.history.see(target, definition.name, aliases);
    tellDone(
      vscode.l10n.t(
        '{0}: DEV goes with $LATEST, {1} begin at {2}.',
        definition.name,
        missing.filter(name => name !== 'DEV').join(', ') || aliases.map(routingText).join(', '),
        versionLabel(newest.version),
      ),
    );
    return aliases;
  });
}
