import * as vscode from 'vscode';
import type { FunctionDefinition } from '../../model/functionDefinition.ts';
import { UserError } from '../../shared/errors.ts';
import type { Services } from '../services.ts';

/** A function in its workspace folder. */
export interface InvokeTarget {
  readonly folder: vscode.WorkspaceFolder;
  readonly definition: FunctionDefinition;
}

/** Every function of the workspace, by name. Throws a UserError where there is none. */
export async function allTargets(projects: Services['projects']): Promise<readonly InvokeTarget[]> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const models = await Promise.all(
    folders.map(async folder => ({ folder, model: await projects.load(folder) })),
  );
  const targets = models.flatMap(({ folder, model }) =>
    model.functions.map(definition => ({ folder, definition })),
  );
  if (targets.length > 0) return targets.sort((a, b) => a.definition.name.localeCompare(b.definition.name));
  const broken = models.flatMap(({ model }) => model.problems).find(problem => problem.severity === 'error');
  throw new UserError(
    broken
      ? vscode.l10n.t('No function could be read. {0}', broken.message)
      : vscode.l10n.t(
          'No Lambda functions were found in this workspace. Add one to a template.yaml, or open the folder that holds your template.',
        ),
  );
}

/**
 * The function of that name, in that folder if one is named.
 *
 * @throws UserError where there is none.
 */
export async function findTarget(
  functionName: string,
  folderUri: vscode.Uri | undefined,
  projects: Services['projects'],
): Promise<InvokeTarget> {
  const targets = await allTargets(projects);
  const target = targets.find(
    ({ folder, definition }) =>
      definition.name === functionName &&
      (folderUri === undefined || folderUri.toString() === folder.uri.toString()),
  );
  if (target) return target;
  throw new UserError(
    vscode.l10n.t(
      'There is no function {0} in this workspace. There are: {1}.',
      functionName,
      targets.map(({ definition }) => definition.name).join(', '),
    ),
  );
}

/** Asks for a function; the one whose source is in the active editor comes first. */
export async function pickTarget(targets: readonly InvokeTarget[]): Promise<InvokeTarget | undefined> {
  const active = vscode.window.activeTextEditor?.document.uri.fsPath;
  const several = new Set(targets.map(({ folder }) => folder.uri.toString())).size > 1;
  const items = targets.map(target => ({
    label: `$(symbol-function) ${target.definition.name}`,
    description: target.definition.runtime,
    detail: `${several ? `${target.folder.name} · ` : ''}${target.definition.handler}`,
    target,
  }));
  const isActive = (item: (typeof items)[number]) => item.target.definition.entryFile === active;
  const picked = await vscode.window.showQuickPick(
    [...items.filter(isActive), ...items.filter(item => !isActive(item))],
    {
      title: vscode.l10n.t('Invoke Function'),
      placeHolder: vscode.l10n.t('Which function?'),
      matchOnDescription: true,
      matchOnDetail: true,
    },
  );
  return picked?.target;
}
