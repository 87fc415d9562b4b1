import * as vscode from 'vscode';
import type { FunctionDefinition } from '../../model/functionDefinition.ts';
import { UserError } from '../../shared/errors.ts';
import type { Services } from '../services.ts';
import { reveal } from '../support/ranges.ts';
import type { FunctionNode, StackNode, TriggerNode } from './nodes.ts';

/** A function as lenses and keybindings name it. */
interface FunctionReference {
  readonly functionName: string;
  readonly folder?: vscode.Uri;
}

/** Opens the file of a function's handler at what is exported. */
export async function openHandler(
  given: FunctionNode | FunctionReference,
  services: Pick<Services, 'handlers' | 'projects'>,
): Promise<void> {
  const definition = await resolve(given, services.projects);
  if (definition.entryFile === undefined) {
    throw new UserError(
      vscode.l10n.t(
        'No source file was found for the handler {0} of {1} in {2}. Check Handler and CodeUri in the template.',
        definition.handler,
        definition.name,
        definition.codeDirectory,
      ),
    );
  }
  const at = await services.handlers.locate(definition);
  if (at) await reveal(at);
  else await vscode.window.showTextDocument(vscode.Uri.file(definition.entryFile));
}

/** Opens what a node stands for where the template defines it. */
export async function openTemplate(node: FunctionNode | TriggerNode | StackNode): Promise<void> {
  switch (node.kind) {
    case 'function':
      return reveal(node.definition.definedAt);
    case 'trigger':
      return reveal(node.trigger.definedAt);
    case 'stack':
      await vscode.window.showTextDocument(vscode.Uri.file(node.stack.file));
  }
}

async function resolve(
  given: FunctionNode | FunctionReference,
  projects: Services['projects'],
): Promise<FunctionDefinition> {
  if ('definition' in given) return given.definition;
  const folders = vscode.workspace.workspaceFolders ?? [];
  for (const folder of folders) {
    if (given.folder !== undefined && given.folder.toString() !== folder.uri.toString()) continue;
    const { functions } = await projects.load(folder);
    const found = functions.find(({ name }) => name === given.functionName);
    if (found) return found;
  }
  throw new UserError(
    vscode.l10n.t(
      'There is no function {0} in this workspace any more. Refresh the Functions view.',
      given.functionName,
    ),
  );
}
