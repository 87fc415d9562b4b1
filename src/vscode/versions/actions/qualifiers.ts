// What can be done with any qualifier: `$LATEST`, a version, an alias.
import * as vscode from 'vscode';
import type { InvocationResult } from '../../../model/target.ts';
import type { FunctionsNode } from '../../functions/nodes.ts';
import { ageText, routingText, versionLabel } from '../texts.ts';
import { type ActionServices, argumentsOf, type ChosenFunction, type Given, nodeOf } from './action.ts';
import { chooseFunction } from './choose.ts';

/** Asks for an event, and invokes what the row or the caller names. */
export async function invokeQualifier(
  given: Given,
  services: ActionServices,
): Promise<InvocationResult | undefined> {
  const title = vscode.l10n.t('Invoke Version or Alias');
  const chosen = await chooseFunction(given, title, services);
  if (!chosen) return undefined;
  const qualifier = await chooseQualifier(given, chosen, title);
  if (qualifier === undefined) return undefined;
  const { event, confirmed } = argumentsOf(given);
  const { folder, definition } = chosen;
  const picked =
    event === undefined
      ? await services.chooseEvent({ folder, definition })
      : { read: () => Promise.resolve(event) };
  return (
    picked &&
    services.invoker.invoke({
      target: { folder, definition },
      event: picked,
      ...(qualifier === '$LATEST' ? {} : { qualifier }),
      ...(confirmed === undefined ? {} : { confirmed }),
    })
  );
}

/** Copies the ARN of a function, a version or an alias; of several, one to a line. */
export async function copyArn(
  given: Given,
  nodes: readonly FunctionsNode[] | undefined,
  services: ActionServices,
): Promise<string | undefined> {
  const selected: readonly Given[] = nodes && nodes.length > 1 ? nodes : [given];
  const arns: string[] = [];
  for (const each of selected) {
    const arn = await arnOf(each, services);
    if (arn !== undefined) arns.push(arn);
  }
  if (arns.length === 0) return undefined;
  const text = arns.join('\n');
  await vscode.env.clipboard.writeText(text);
  void vscode.window.setStatusBarMessage(vscode.l10n.t('$(check) Copied {0}', arns.join(', ')), 5000);
  return text;
}

async function arnOf(given: Given, services: ActionServices): Promise<string | undefined> {
  const node = nodeOf(given);
  if (node?.kind === 'version') return node.version.arn;
  if (node?.kind === 'alias') return node.alias.arn;
  if (node?.kind === 'apiFunction') return node.summary.arn;
  const title = vscode.l10n.t('Copy ARN');
  const chosen = await chooseFunction(given, title, services);
  if (!chosen) return undefined;
  const { target, definition } = chosen;
  const { alias, version } = argumentsOf(given);
  if (alias !== undefined) return (await target.alias(definition.name, alias)).arn;
  const qualifier = version ?? '$LATEST';
  const { arn } = (await target.configuration(definition.name, qualifier)).version;
  // That of the function itself has no qualifier.
  return node?.kind === 'function' ? arn.replace(/:\$LATEST$/, '') : arn;
}

async function chooseQualifier(
  given: Given,
  { target, definition }: ChosenFunction,
  title: string,
): Promise<string | undefined> {
  const node = nodeOf(given);
  if (node?.kind === 'version') return node.version.version;
  if (node?.kind === 'alias') return node.alias.name;
  if (node?.kind === 'qualifier') return node.qualifier;
  const { alias, version } = argumentsOf(given);
  if (alias !== undefined || version !== undefined) return alias ?? version;
  const aliases = await target.aliases(definition.name);
  const versions = (await Array.fromAsync(target.versions(definition.name))).flat().toReversed();
  const picked = await vscode.window.showQuickPick(
    [
      {
        label: '$(versions) $LATEST',
        description: vscode.l10n.t('the code as it is now'),
        qualifier: '$LATEST',
      },
      ...aliases.map(each => ({
        label: `$(tag) ${each.name}`,
        description: routingText(each),
        qualifier: each.name,
      })),
      ...versions.map(each => ({
        label: `$(git-commit) ${versionLabel(each.version)}`,
        description: [ageText(each.lastModified, Date.now(), vscode.env.language, 'narrow'), each.description]
          .filter(part => part !== '')
          .join(' · '),
        qualifier: each.version,
      })),
    ],
    {
      title: `${title}: ${definition.name}`,
      placeHolder: vscode.l10n.t('Which version or alias?'),
      matchOnDescription: true,
    },
  );
  return picked?.qualifier;
}
