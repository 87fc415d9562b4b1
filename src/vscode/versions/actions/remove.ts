import * as vscode from 'vscode';
import type { Target } from '../../../model/target.ts';
import { UserError } from '../../../shared/errors.ts';
import type { AliasNode, ApiFunctionNode, FunctionsNode, VersionNode } from '../../functions/nodes.ts';
import { triggerName, triggersOf } from '../../functions/triggers.ts';
import { aliasesTo, routingText, versionLabel } from '../texts.ts';
import { type ActionServices, argumentsOf, type ChosenFunction, type Given } from './action.ts';
import { chooseAlias, chooseFunction, pickVersion } from './choose.ts';
import { inProgress, mayChange } from './confirm.ts';

type Removable = AliasNode | VersionNode | ApiFunctionNode;

interface Removal {
  readonly folder: vscode.WorkspaceFolder;
  readonly functionName: string;
  readonly target: Target;
  readonly what: { readonly alias: string } | { readonly version: string } | 'function';
}

/** Aliases go first, because they keep versions from being deleted. */
const order = (removal: Removal) => {
  if (removal.what === 'function') return 2;
  return 'alias' in removal.what ? 0 : 1;
};

/**
 * Deletes aliases, versions and functions that the API has made, after it has said what uses them.
 *
 * @returns what was deleted, for people; undefined where nothing was.
 */
export async function remove(
  given: Given,
  nodes: readonly FunctionsNode[] | undefined,
  services: ActionServices,
): Promise<readonly string[] | undefined> {
  const selected = nodes && nodes.length > 1 ? nodes : given && 'kind' in given ? [given] : [];
  const removable = selected.filter(isRemovable);
  const removals =
    removable.length > 0
      ? await Promise.all(removable.map(node => removalOf(node, services)))
      : [await chooseRemoval(given, services)].flatMap(removal => removal ?? []);
  const [first] = removals;
  if (!first) return undefined;
  const uses = (await Promise.all(removals.map(removal => usesOf(removal, removals, services)))).flat();
  const names = removals.map(nameOf);
  const allowed = await mayChange(
    first.target,
    {
      message:
        names.length === 1
          ? vscode.l10n.t('Delete {0}?', names.join())
          : vscode.l10n.t('Delete {0}?', names.join(', ')),
      detail: [...uses, vscode.l10n.t('This cannot be undone.')].join('\n'),
      action: vscode.l10n.t('Delete'),
      isDestructive: true,
    },
    argumentsOf(given).confirmed,
  );
  if (!allowed) return undefined;
  return inProgress(async () => {
    try {
      for (const removal of removals.toSorted((a, b) => order(a) - order(b))) await removeOne(removal);
    } finally {
      for (const { folder, functionName } of removals) services.states.refresh(folder, functionName);
    }
    return names;
  });
}

function isRemovable(node: FunctionsNode): node is Removable {
  return node.kind === 'alias' || node.kind === 'version' || node.kind === 'apiFunction';
}

async function removalOf(node: Removable, { targets }: ActionServices): Promise<Removal> {
  const target = await targets.connect(node.folder);
  return {
    folder: node.folder,
    functionName: node.definition.name,
    target,
    what:
      node.kind === 'apiFunction'
        ? 'function'
        : node.kind === 'alias'
          ? { alias: node.alias.name }
          : { version: node.version.version },
  };
}

async function chooseRemoval(given: Given, services: ActionServices): Promise<Removal | undefined> {
  const title = vscode.l10n.t('Delete Version or Alias');
  const chosen = await chooseFunction(given, title, services);
  const what = chosen && (await chooseWhat(given, chosen, title));
  return what && { folder: chosen.folder, functionName: chosen.definition.name, target: chosen.target, what };
}

async function chooseWhat(
  given: Given,
  chosen: ChosenFunction,
  title: string,
): Promise<Exclude<Removal['what'], 'function'> | undefined> {
  const { alias, version } = argumentsOf(given);
  if (version === '$LATEST') {
    throw new UserError(vscode.l10n.t('$LATEST cannot be deleted: it is the function as it is now.'));
  }
  if (version !== undefined) return { version };
  if (alias !== undefined) return { alias };
  const kind = await vscode.window.showQuickPick(
    [
      { label: vscode.l10n.t('$(tag) An alias'), id: 'alias' },
      { label: vscode.l10n.t('$(git-commit) A version'), id: 'version' },
    ],
    { title, placeHolder: vscode.l10n.t('What of {0}?', chosen.definition.name) },
  );
  if (!kind) return undefined;
  if (kind.id === 'alias') {
    const picked = await chooseAlias(undefined, chosen, title);
    return picked && { alias: picked.name };
  }
  const picked = await pickVersion(chosen, {
    title,
    placeholder: vscode.l10n.t('Which version?'),
    latest: false,
  });
  return picked === undefined ? undefined : { version: picked };
}

/**
 * What uses it, for people.
 *
 * @throws UserError where something keeps it from being deleted.
 */
async function usesOf(
  removal: Removal,
  all: readonly Removal[],
  { projects }: ActionServices,
): Promise<readonly string[]> {
  const { folder, functionName, target, what } = removal;
  if (what === 'function') {
    const versions = (await Array.fromAsync(target.versions(functionName))).flat().length;
    const { length } = await target.aliases(functionName);
    return [vscode.l10n.t('{0}: {1} versions and {2} aliases go with it.', functionName, versions, length)];
  }
  const qualifier = 'alias' in what ? what.alias : what.version;
  if ('version' in what) {
    const going = new Set(
      all.flatMap(other =>
        other.functionName === functionName && other.what !== 'function' && 'alias' in other.what
          ? [other.what.alias]
          : [],
      ),
    );
    const users = aliasesTo(what.version, await target.aliases(functionName)).filter(
      ({ name }) => !going.has(name),
    );
    if (users.length > 0) {
      throw new UserError(
        vscode.l10n.t(
          '{0} of {1} cannot be deleted: {2}. Point these aliases elsewhere first.',
          versionLabel(what.version),
          functionName,
          users.map(alias => `${alias.name} → ${routingText(alias)}`).join(', '),
        ),
      );
    }
  }
  const model = projects.current(folder);
  const triggers = model?.functions
    .filter(({ name }) => name === functionName)
    .flatMap(definition => triggersOf(definition, model.triggers))
    .filter(trigger => trigger.qualifier === qualifier);
  const provisioned = (await target.provisionedConcurrency(functionName)).filter(
    each => each.qualifier === qualifier,
  );
  return [
    ...(triggers ?? []).map(({ kind, label }) =>
      vscode.l10n.t('{0} is invoked by {1} {2}, which will fail.', nameOf(removal), triggerName(kind), label),
    ),
    ...provisioned.map(({ requested }) =>
      vscode.l10n.t('{0} has a provisioned concurrency of {1}.', nameOf(removal), requested),
    ),
  ];
}

function nameOf({ functionName, what }: Removal): string {
  if (what === 'function') return functionName;
  return 'alias' in what ? `${functionName}:${what.alias}` : `${functionName} ${versionLabel(what.version)}`;
}

async function removeOne({ functionName, target, what }: Removal): Promise<void> {
  if (what === 'function') await target.deleteFunction(functionName);
  else if ('alias' in what) await target.deleteAlias(functionName, what.alias);
  else await target.deleteVersion(functionName, what.version);
}
