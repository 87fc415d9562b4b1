// Making aliases, and pointing them somewhere as a whole.
import * as vscode from 'vscode';
import type { AliasRouting, FunctionAlias } from '../../../model/target.ts';
import { UserError } from '../../../shared/errors.ts';
import { aliasNameFault, isSameRouting, routingText } from '../texts.ts';
import { type ActionServices, argumentsOf, type ChosenFunction, type Given, nodeOf } from './action.ts';
import { chooseAlias, chooseFunction, pickVersion } from './choose.ts';
import { inProgress, mayChange, tellDone } from './confirm.ts';

/** Asks for a name and a version, and makes the alias. */
export async function createAlias(
  given: Given,
  services: ActionServices,
): Promise<FunctionAlias | undefined> {
  const chosen = await chooseFunction(given, vscode.l10n.t('Create Alias'), services);
  if (!chosen) return undefined;
  const { folder, definition, target } = chosen;
  const title = vscode.l10n.t('Create Alias of {0}', definition.name);
  const { alias, description, confirmed } = argumentsOf(given);
  const name = alias ?? (await askName(chosen, title));
  if (name === undefined) return undefined;
  const fault = faultOf(name, []);
  if (fault !== undefined) throw new UserError(fault);
  const placeholder = vscode.l10n.t('Which version does {0} point at?', name);
  const version = versionOf(given) ?? (await pickVersion(chosen, { title, placeholder, latest: true }));
  if (version === undefined) return undefined;
  const message = vscode.l10n.t('Create the alias {1} of {0}?', definition.name, name);
  if (!(await mayChange(target, { message, action: vscode.l10n.t('Create') }, confirmed))) return undefined;
  return inProgress(async () => {
    const made = await target.createAlias({
      functionName: definition.name,
      name,
      routing: { version },
      ...(description === undefined ? {} : { description }),
    });
    services.history.see(target, definition.name, [made]);
    services.states.refresh(folder, definition.name);
    return made;
  });
}

/** Sends all traffic of an alias to a version. */
export async function pointAlias(given: Given, services: ActionServices): Promise<FunctionAlias | undefined> {
  const title = vscode.l10n.t('Point Alias at Version');
  const chosen = await chooseFunction(given, title, services);
  const alias = chosen && (await chooseAlias(given, chosen, `${title}: ${chosen.definition.name}`));
  if (!alias) return undefined;
  const version =
    versionOf(given) ??
    (await pickVersion(chosen, {
      title: vscode.l10n.t('Point {0} of {1} at Version', alias.name, chosen.definition.name),
      placeholder: vscode.l10n.t('It points at {0}', routingText(alias)),
      latest: true,
      ...(alias.additional ? {} : { except: alias.version }),
    }));
  if (version === undefined) return undefined;
  return route(chosen, alias, { version }, given, services);
}

/** The version that a row or the caller names. */
export function versionOf(given: Given): string | undefined {
  const node = nodeOf(given);
  if (node?.kind === 'version') return node.version.version;
  if (node?.kind === 'qualifier') return node.qualifier;
  return argumentsOf(given).version;
}

/**
 * Changes where an alias leads, if it still is what it was when the user saw it, and offers the way back.
 *
 * @throws TargetError `stale` where somebody else has changed it.
 */
export async function route(
  { folder, definition, target }: ChosenFunction,
  alias: FunctionAlias,
  routing: AliasRouting,
  given: Given,
  { states, history }: ActionServices,
): Promise<FunctionAlias | undefined> {
  const names = [alias.name, definition.name] as const;
  if (isSameRouting(alias, routing)) {
    tellDone(vscode.l10n.t('{0} of {1} points at {2} already.', ...names, routingText(routing)));
    return alias;
  }
  const message = vscode.l10n.t(
    'Change {0} of {1} from {2} to {3}?',
    ...names,
    routingText(alias),
    routingText(routing),
  );
  const question = { message, action: vscode.l10n.t('Change') };
  if (!(await mayChange(target, question, argumentsOf(given).confirmed))) return undefined;
  return inProgress(async () => {
    history.see(target, definition.name, [alias]);
    try {
      const changed = await target.updateAlias({
        functionName: definition.name,
        name: alias.name,
        routing,
        revisionId: alias.revisionId,
      });
      history.see(target, definition.name, [changed]);
      tellDone(
        vscode.l10n.t('{0} of {1}: {2}. It was {3}.', ...names, routingText(changed), routingText(alias)),
        {
          title: vscode.l10n.t('Roll Back'),
          run: () =>
            vscode.commands.executeCommand('lambdaLens.rollBackAlias', {
              folder: folder.uri,
              functionName: definition.name,
              alias: alias.name,
              revisionId: changed.revisionId,
            }),
        },
      );
      return changed;
    } finally {
      // What somebody else has made of it is to be seen, too.
      states.refresh(folder, definition.name);
    }
  });
}

async function askName({ target, definition }: ChosenFunction, title: string): Promise<string | undefined> {
  const existing = await target.aliases(definition.name);
  return vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('The name of the alias, for example PROD'),
    validateInput: text => faultOf(text, existing),
  });
}

/** Why this cannot be the name of a new alias, for people. */
function faultOf(name: string, existing: readonly FunctionAlias[]): string | undefined {
  const taken = existing.find(alias => alias.name === name);
  if (taken) return vscode.l10n.t('{0} exists already, and points at {1}.', name, routingText(taken));
  switch (aliasNameFault(name)) {
    case 'empty':
      return vscode.l10n.t('Give the alias a name.');
    case 'long':
      return vscode.l10n.t('At most 128 characters; there are {0}.', name.length);
    case 'number':
      return vscode.l10n.t('{0} would be a version: the name of an alias needs a letter.', name);
    case 'characters':
      return vscode.l10n.t('Letters, digits, - and _ only.');
    case undefined:
      return undefined;
  }
}
