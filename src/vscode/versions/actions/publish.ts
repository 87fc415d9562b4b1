import * as vscode from 'vscode';
import type { FunctionVersion } from '../../../model/target.ts';
import { UserError } from '../../../shared/errors.ts';
import { versionLabel } from '../texts.ts';
import { type ActionServices, argumentsOf, type ChosenFunction, type Given } from './action.ts';
import { chooseFunction } from './choose.ts';
import { inProgress, mayChange, tellDone } from './confirm.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html */
const longestDescription = 256;

/** Publishes `$LATEST`; what is in the editors is saved first, because the engine reads the disk. */
export async function publishVersion(
  given: Given,
  services: ActionServices,
): Promise<FunctionVersion | undefined> {
  const title = vscode.l10n.t('Publish Version');
  const chosen = await chooseFunction(given, title, services);
  if (!chosen) return undefined;
  const { folder, definition, target } = chosen;
  const { description: described, revisionId, confirmed } = argumentsOf(given);
  const description = described ?? (await askDescription(`${title}: ${definition.name}`));
  if (description === undefined) return undefined;
  const fault = faultOf(description);
  if (fault !== undefined) throw new UserError(fault);
  const message = vscode.l10n.t('Publish a version of {0}?', definition.name);
  if (!(await mayChange(target, { message, action: vscode.l10n.t('Publish') }, confirmed))) return undefined;
  return inProgress(async () => {
    if (target.engine) await vscode.workspace.saveAll(false);
    await refuseOutdated(chosen);
    const before = await versionsBefore(chosen, services);
    const version = await target.publishVersion({
      functionName: definition.name,
      ...(description === '' ? {} : { description }),
      ...(revisionId === undefined ? {} : { revisionId }),
    });
    services.states.refresh(folder, definition.name);
    const label = versionLabel(version.version);
    tellDone(
      before.has(version.version)
        ? vscode.l10n.t('Nothing of {0} has changed since {1} was published.', definition.name, label)
        : vscode.l10n.t('Published {1} of {0}.', definition.name, label),
      {
        title: vscode.l10n.t('Point Alias...'),
        run: () =>
          vscode.commands.executeCommand('lambdaLens.pointAlias', {
            folder: folder.uri,
            functionName: definition.name,
            version: version.version,
          }),
      },
    );
    return version;
  });
}

/** What does not build would be left out, and the last code that did be published in its place. */
async function refuseOutdated({ target, definition }: ChosenFunction): Promise<void> {
  const { failure } = await target.configuration(definition.name, '$LATEST');
  if (failure === undefined) return;
  throw new UserError(
    vscode.l10n.t(
      '{0} was not published, because it cannot be built as it is: {1}',
      definition.name,
      failure,
    ),
  );
}

function askDescription(title: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('What is in this version? It may be left empty.'),
    placeHolder: vscode.l10n.t('Description'),
    validateInput: faultOf,
  });
}

function faultOf(description: string): string | undefined {
  return description.length > longestDescription
    ? vscode.l10n.t('At most {0} characters; there are {1}.', longestDescription, description.length)
    : undefined;
}

/** Lambda answers with the latest version where nothing has changed: only the numbers tell. */
async function versionsBefore(
  {
    folder,
    definition,
  }: { readonly folder: vscode.WorkspaceFolder; readonly definition: { readonly name: string } },
  { states }: ActionServices,
): Promise<ReadonlySet<string>> {
  const state = states.of({ folder, functionName: definition.name });
  await state?.settled;
  return new Set(state?.view.versions.map(({ version }) => version));
}
