// Sharing the traffic of an alias between two versions, and ending that one way or the other.
import * as vscode from 'vscode';
import type { AliasRouting, FunctionAlias } from '../../../model/target.ts';
import { UserError } from '../../../shared/errors.ts';
import { percentOf, routingText, versionLabel } from '../texts.ts';
import { type ActionServices, argumentsOf, type ChosenFunction, type Given } from './action.ts';
import { route, versionOf } from './aliases.ts';
import { chooseAlias, chooseFunction, pickVersion } from './choose.ts';

const presets = [1, 5, 10, 25, 50, 75, 90];

/** Sends a share of an alias's traffic to a second version. */
export async function shiftTraffic(
  given: Given,
  services: ActionServices,
): Promise<FunctionAlias | undefined> {
  const title = vscode.l10n.t('Shift Traffic');
  const chosen = await chooseFunction(given, title, services);
  const alias = chosen && (await chooseAlias(given, chosen, `${title}: ${chosen.definition.name}`));
  if (!alias) return undefined;
  refuseLatest(alias);
  const version = await chooseOther(given, chosen, alias);
  if (version === undefined) return undefined;
  const percent = argumentsOf(given).percent ?? (await pickShare(chosen, alias, version));
  if (percent === undefined) return undefined;
  if (!(percent >= 0 && percent <= 100)) {
    throw new UserError(vscode.l10n.t('{0} is no share of the traffic: give 0 to 100 percent.', percent));
  }
  return route(chosen, alias, shifted(alias, version, percent), given, services);
}

/** The routing once `version` gets so much; nothing is shared at 0 and at 100. */
function shifted(alias: AliasRouting, version: string, percent: number): AliasRouting {
  if (percent === 0) return { version: alias.version };
  if (percent === 100) return { version };
  return { version: alias.version, additional: { version, weight: percent / 100 } };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html */
function refuseLatest({ name, version }: FunctionAlias): void {
  if (version !== '$LATEST') return;
  throw new UserError(
    vscode.l10n.t(
      '{0} points at $LATEST, whose traffic cannot be shared. Publish a version, and point {0} at it first.',
      name,
    ),
  );
}

async function chooseOther(
  given: Given,
  chosen: ChosenFunction,
  alias: FunctionAlias,
): Promise<string | undefined> {
  const version = versionOf(given);
  if (version === alias.version) {
    throw new UserError(
      vscode.l10n.t(
        '{0} points at {1} already: shift traffic to another version.',
        alias.name,
        versionLabel(version),
      ),
    );
  }
  if (version !== undefined) return version;
  if (alias.additional) return alias.additional.version;
  return pickVersion(chosen, {
    title: vscode.l10n.t('Shift Traffic of {0} of {1}', alias.name, chosen.definition.name),
    placeholder: vscode.l10n.t('To which version? All goes to {0} now.', versionLabel(alias.version)),
    latest: false,
    except: alias.version,
  });
}

interface ShareItem extends vscode.QuickPickItem {
  /** Undefined: to be written. */
  readonly percent: number | undefined;
}

async function pickShare(
  { definition }: ChosenFunction,
  alias: FunctionAlias,
  version: string,
): Promise<number | undefined> {
  const title = vscode.l10n.t(
    'Shift Traffic of {0} of {1} to {2}',
    alias.name,
    definition.name,
    versionLabel(version),
  );
  const items: ShareItem[] = [
    ...presets.map(percent => ({ label: `${percent}%`, detail: preview(alias, version, percent), percent })),
    {
      label: vscode.l10n.t('$(edit) Another share...'),
      detail: vscode.l10n.t('From 0 to 100 percent'),
      percent: undefined,
    },
    { label: '100%', detail: preview(alias, version, 100), percent: 100 },
    ...(alias.additional ? [{ label: '0%', detail: preview(alias, version, 0), percent: 0 }] : []),
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: vscode.l10n.t('Now: {0}', routingText(alias)),
    matchOnDetail: true,
  });
  if (!picked) return undefined;
  return picked.percent ?? askShare(alias, version, title);
}

async function askShare(alias: FunctionAlias, version: string, title: string): Promise<number | undefined> {
  const text = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('The share of {0} in percent', versionLabel(version)),
    placeHolder: '12.5',
    validateInput: written => {
      const percent = percentOf(written);
      if (percent === undefined) return vscode.l10n.t('Give a number from 0 to 100.');
      return { message: preview(alias, version, percent), severity: vscode.InputBoxValidationSeverity.Info };
    },
  });
  return text === undefined ? undefined : percentOf(text);
}

/** What will happen, before it does. */
function preview(alias: FunctionAlias, version: string, percent: number): string {
  const routing = routingText(shifted(alias, version, percent));
  if (percent === 0 || percent === 100) {
    return vscode.l10n.t('{0}: every invocation, from the next one on', routing);
  }
  return vscode.l10n.t(
    '{0}: of 1,000 invocations about {1} run {2}, each is chosen on its own',
    routing,
    Math.round(percent * 10),
    versionLabel(version),
  );
}
