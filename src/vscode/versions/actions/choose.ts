// Which function, alias or version an action is about: what the caller says, else what somebody picks.
import * as vscode from 'vscode';
import type { FunctionAlias, Target } from '../../../model/target.ts';
import { UserError } from '../../../shared/errors.ts';
import { definitionOf } from '../apiFunctions.ts';
import { ageText, aliasesTo, routingText, sizeText, versionLabel } from '../texts.ts';
import { type ActionServices, argumentsOf, type ChosenFunction, type Given, nodeOf } from './action.ts';

type Candidate = Omit<ChosenFunction, 'target'>;

/** Connects to the target of the function. Undefined when the user turns away. */
export async function chooseFunction(
  given: Given,
  title: string,
  services: ActionServices,
): Promise<ChosenFunction | undefined> {
  if (!vscode.workspace.isTrusted) await refuseUntrusted(services);
  const node = nodeOf(given);
  const candidate =
    node && 'definition' in node ? node : await candidateFor(argumentsOf(given), title, services);
  if (!candidate) return undefined;
  const { folder, definition } = candidate;
  return { folder, definition, target: await services.targets.connect(folder) };
}

/** Connecting is what is refused in an untrusted workspace; so ask before anything is picked. */
async function refuseUntrusted({ targets }: ActionServices): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder) await targets.connect(folder);
}

async function candidateFor(
  { folder: uri, functionName }: { readonly folder?: vscode.Uri; readonly functionName?: string },
  title: string,
  services: ActionServices,
): Promise<Candidate | undefined> {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(
    folder => uri === undefined || uri.toString() === folder.uri.toString(),
  );
  const candidates = (await Promise.all(folders.map(folder => candidatesIn(folder, services)))).flat();
  if (functionName === undefined) return pickFunction(candidates, title);
  const found = candidates.find(({ definition }) => definition.name === functionName);
  if (found) return found;
  // What the API has made is only known once the target is asked.
  for (const folder of folders) {
    const target = await services.targets.connect(folder);
    const summary = await functionOf(target, functionName);
    if (summary) return { folder, definition: definitionOf(summary, folder) };
  }
  throw new UserError(
    candidates.length === 0
      ? vscode.l10n.t(
          'There is no function {0}: no Lambda functions were found in this workspace.',
          functionName,
        )
      : vscode.l10n.t(
          'There is no function {0}. There are: {1}.',
          functionName,
          candidates.map(({ definition }) => definition.name).join(', '),
        ),
  );
}

async function candidatesIn(
  folder: vscode.WorkspaceFolder,
  { projects, states }: ActionServices,
): Promise<readonly Candidate[]> {
  const { functions } = await projects.load(folder);
  const names = new Set(functions.map(({ name }) => name));
  const target = states.follow(folder);
  const pages = target ? await Array.fromAsync(target.functions()) : [];
  const others = pages.flat().filter(({ name }) => !names.has(name));
  return [...functions, ...others.map(summary => definitionOf(summary, folder))].map(definition => ({
    folder,
    definition,
  }));
}

async function functionOf(target: Target, name: string) {
  for await (const page of target.functions()) {
    const found = page.find(summary => summary.name === name);
    if (found) return found;
  }
  return undefined;
}

async function pickFunction(candidates: readonly Candidate[], title: string): Promise<Candidate | undefined> {
  if (candidates.length === 0) {
    throw new UserError(vscode.l10n.t('No Lambda functions were found in this workspace.'));
  }
  const active = vscode.window.activeTextEditor?.document.uri.fsPath;
  const several = new Set(candidates.map(({ folder }) => folder.uri.toString())).size > 1;
  const items = candidates
    .map(candidate => ({
      label: `$(symbol-function) ${candidate.definition.name}`,
      description: several ? candidate.folder.name : candidate.definition.runtime,
      candidate,
    }))
    .sort(
      (a, b) =>
        Number(b.candidate.definition.entryFile === active) -
          Number(a.candidate.definition.entryFile === active) || a.label.localeCompare(b.label),
    );
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: vscode.l10n.t('Which function?'),
  });
  return picked?.candidate;
}

/** As it was shown where a row was given, else as it is now. Undefined when the user turns away. */
export async function chooseAlias(
  given: Given,
  { target, definition }: ChosenFunction,
  title: string,
): Promise<FunctionAlias | undefined> {
  const node = nodeOf(given);
  if (node?.kind === 'alias') return node.alias;
  const { alias: name, revisionId } = argumentsOf(given);
  if (name !== undefined) {
    const alias = await target.alias(definition.name, name);
    return revisionId === undefined ? alias : { ...alias, revisionId };
  }
  const aliases = await target.aliases(definition.name);
  if (aliases.length === 0) {
    throw new UserError(
      vscode.l10n.t(
        '{0} has no aliases. Create one with "Create Alias", or several with "Set Up DEV, STAGE and PROD".',
        definition.name,
      ),
    );
  }
  const picked = await vscode.window.showQuickPick(
    aliases.map(alias => ({ label: `$(tag) ${alias.name}`, description: routingText(alias), alias })),
    { title, placeHolder: vscode.l10n.t('Which alias?'), matchOnDescription: true },
  );
  return picked?.alias;
}

interface VersionItem extends vscode.QuickPickItem {
  readonly version: string;
}

/**
 * Newest first. They are listed when all of them are known: under a list that still grows at its top, a click would
 * take another version than it was meant for. Undefined when the user turns away.
 */
export async function pickVersion(
  { target, definition }: ChosenFunction,
  options: {
    readonly title: string;
    readonly placeholder: string;
    readonly latest: boolean;
    readonly except?: string;
  },
): Promise<string | undefined> {
  const pick = vscode.window.createQuickPick<VersionItem>();
  const controller = new AbortController();
  const failure = Promise.withResolvers<undefined>();
  pick.title = options.title;
  pick.placeholder = vscode.l10n.t('Loading versions ...');
  pick.matchOnDescription = true;
  pick.busy = true;
  const chosen = new Promise<string | undefined>(resolve => {
    pick.onDidAccept(() => resolve(pick.selectedItems[0]?.version));
    pick.onDidHide(() => resolve(undefined));
  });
  const fill = async () => {
    const aliases = await target.aliases(definition.name, controller.signal);
    const latest: VersionItem[] = options.latest
      ? [
          {
            label: '$(versions) $LATEST',
            description: vscode.l10n.t('the code as it is now'),
            version: '$LATEST',
          },
        ]
      : [];
    const items: VersionItem[] = [];
    for await (const page of target.versions(definition.name, controller.signal)) {
      for (const { version, description, lastModified, codeSize } of page) {
        if (version === options.except) continue;
        const names = aliasesTo(version, aliases).map(({ name }) => name);
        items.unshift({
          label: `$(git-commit) ${versionLabel(version)}`,
          description: [
            ...names,
            ageText(lastModified, Date.now(), vscode.env.language, 'narrow'),
            description,
            sizeText(codeSize),
          ]
            .filter(part => part !== '')
            .join(' · '),
          version,
        });
      }
      pick.placeholder = vscode.l10n.t('Loading versions: {0} so far ...', items.length);
    }
    pick.placeholder = options.placeholder;
    pick.items = [...latest, ...items];
    pick.busy = false;
    if (pick.items.length > 0) return;
    throw new UserError(
      vscode.l10n.t('{0} has no other version. Publish one with "Publish Version".', definition.name),
    );
  };
  fill().catch(error => failure.reject(error));
  try {
    pick.show();
    return await Promise.race([chosen, failure.promise]);
  } finally {
    controller.abort();
    pick.dispose();
  }
}
