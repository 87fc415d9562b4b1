// The two ways that a version takes after it was tried: on, or back.
import * as vscode from 'vscode';
import type { FunctionAlias } from '../../../model/target.ts';
import { UserError } from '../../../shared/errors.ts';
import { routingText, versionLabel } from '../texts.ts';
import { type ActionServices, argumentsOf, type ChosenFunction, type Given } from './action.ts';
import { route } from './aliases.ts';
import { chooseAlias, chooseFunction } from './choose.ts';

/**
 * Where an alias shares its traffic, the new version gets all of it; where it does not, another alias is pointed at
 * its version, as from DEV to STAGE.
 */
export async function promoteAlias(
  given: Given,
  services: ActionServices,
): Promise<FunctionAlias | undefined> {
  const title = vscode.l10n.t('Promote');
  const chosen = await chooseFunction(given, title, services);
  const alias = chosen && (await chooseAlias(given, chosen, `${title}: ${chosen.definition.name}`));
  if (!alias) return undefined;
  const { additional } = alias;
  if (additional) return route(chosen, alias, { version: additional.version }, given, services);
  const next = await chooseNext(given, chosen, alias);
  return next && route(chosen, next, { version: alias.version }, withoutAlias(given), services);
}

async function chooseNext(
  given: Given,
  { target, definition }: ChosenFunction,
  from: FunctionAlias,
): Promise<FunctionAlias | undefined> {
  const others = (await target.aliases(definition.name)).filter(({ name }) => name !== from.name);
  const { other } = argumentsOf(given);
  if (other !== undefined) {
    const found = others.find(({ name }) => name === other);
    if (found) return found;
    throw new UserError(vscode.l10n.t('{0} has no alias {1} to promote to.', definition.name, other));
  }
  if (others.length === 0) {
    throw new UserError(
      vscode.l10n.t('{0} is the only alias of {1}: there is none to promote to.', from.name, definition.name),
    );
  }
  const picked = await vscode.window.showQuickPick(
    others.map(alias => ({
      label: `$(tag) ${alias.name}`,
      description: `${routingText(alias)} → ${versionLabel(from.version)}`,
      alias,
    })),
    {
      title: vscode.l10n.t('Promote {0} of {1}', versionLabel(from.version), definition.name),
      placeHolder: vscode.l10n.t('{0} runs it. Which alias is to run it as well?', from.name),
    },
  );
  return picked?.alias;
}

/** The revision that the caller gave is that of another alias. */
function withoutAlias(given: Given): Given {
  const { confirmed } = argumentsOf(given);
  return confirmed === undefined ? undefined : { confirmed };
}

/** Points an alias at what it pointed at before its last change. */
export async function rollBackAlias(
  given: Given,
  services: ActionServices,
): Promise<FunctionAlias | undefined> {
  const title = vscode.l10n.t('Roll Back');
  const chosen = await chooseFunction(given, title, services);
  const alias = chosen && (await chooseAlias(given, chosen, `${title}: ${chosen.definition.name}`));
  if (!alias) return undefined;
  const { target, definition } = chosen;
  const [before] = await services.history.before(target, definition.name, alias.name);
  if (!before) {
    throw new UserError(
      target.engine
        ? vscode.l10n.t(
            '{0} of {1} has not been changed yet: there is nothing to roll back.',
            alias.name,
            definition.name,
          )
        : vscode.l10n.t(
            'What {0} of {1} pointed at before is not known: only changes that were seen here can be rolled back. Use "Point Alias at Version".',
            alias.name,
            definition.name,
          ),
    );
  }
  const { version, additional } = before;
  return route(chosen, alias, { version, ...(additional ? { additional } : {}) }, given, services);
}
