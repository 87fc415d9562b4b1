import { resolve } from 'node:path';
import * as vscode from 'vscode';
import { defaultEnvVarsFile } from '../../model/variableFiles.ts';
import { UserError } from '../../shared/errors.ts';
import type { Services } from '../services.ts';
import { setting } from '../support/settings.ts';
import type { InvokeTarget } from './pick.ts';

type VariableServices = Pick<Services, 'projects'>;

/** Asks for the variables that only a deployment knows, once for each function of a window. */
export class UnresolvedVariables {
  readonly #services: VariableServices;
  readonly #asked = new Set<string>();

  constructor(services: VariableServices) {
    this.#services = services;
  }

  /** Offers to give them values, without waiting for an answer. */
  async offer(target: InvokeTarget): Promise<void> {
    const { folder, definition } = target;
    const key = `${folder.uri}#${definition.name}`;
    if (this.#asked.has(key)) return;
    const names = await unresolvedNames(target, this.#services);
    if (names.length === 0) return;
    this.#asked.add(key);
    const give = vscode.l10n.t('Give Values');
    const chosen = await vscode.window.showInformationMessage(
      vscode.l10n.t(
        '{0} was invoked with placeholders for variables whose values only a deployment knows: {1}.',
        definition.name,
        names.join(', '),
      ),
      give,
    );
    if (chosen === give) await this.ask(target);
  }

  /** Asks for each of them, and keeps what was given in the file of variables. */
  async ask(target: InvokeTarget): Promise<void> {
    const { folder, definition } = target;
    const file = envVarsFile(folder);
    const given: Record<string, string> = {};
    for (const name of await unresolvedNames(target, this.#services)) {
      const value = await vscode.window.showInputBox({
        title: vscode.l10n.t('Variables of {0}', definition.name),
        prompt: vscode.l10n.t('The value of {0} on this machine; kept in {1}', name, relative(file)),
        ignoreFocusOut: true,
      });
      if (value === undefined) break;
      given[name] = value;
    }
    if (Object.keys(given).length > 0) await keep(file, definition.name, given);
    else await vscode.window.showTextDocument(await existing(file));
  }
}

/** The variables whose values are placeholders, and that the file gives no values. */
async function unresolvedNames(
  { folder, definition }: InvokeTarget,
  { projects }: VariableServices,
): Promise<readonly string[]> {
  const placeholders = projects.current(folder)?.placeholders ?? [];
  const open = Object.entries(definition.environment).filter(([, value]) =>
    placeholders.some(({ text }) => value.includes(text)),
  );
  if (open.length === 0) return [];
  const file = await read(envVarsFile(folder));
  const known = { ...file.Parameters, ...file[definition.logicalId], ...file[definition.name] };
  return open.map(([name]) => name).filter(name => !Object.hasOwn(known, name));
}

type EnvVars = Readonly<Record<string, Readonly<Record<string, string>>>>;

function envVarsFile(folder: vscode.WorkspaceFolder): vscode.Uri {
  const named = setting('environment.envVars', folder);
  return vscode.Uri.file(resolve(folder.uri.fsPath, named === '' ? defaultEnvVarsFile : named));
}

/** @throws UserError where it is no JSON; what it says is not shown. */
async function read(file: vscode.Uri): Promise<EnvVars> {
  let bytes: Uint8Array;
  try {
    bytes = await vscode.workspace.fs.readFile(file);
  } catch {
    // There is none yet.
    return {};
  }
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as EnvVars;
  } catch {
    throw new UserError(vscode.l10n.t('{0} is not valid JSON. Correct it and invoke again.', relative(file)));
  }
}

async function keep(
  file: vscode.Uri,
  functionName: string,
  values: Readonly<Record<string, string>>,
): Promise<void> {
  const known = await read(file);
  await write(file, { ...known, [functionName]: { ...known[functionName], ...values } });
}

async function existing(file: vscode.Uri): Promise<vscode.Uri> {
  const isThere = await vscode.workspace.fs.stat(file).then(
    () => true,
    () => false,
  );
  if (!isThere) await write(file, {});
  return file;
}

async function write(file: vscode.Uri, variables: EnvVars): Promise<void> {
  const text = `${JSON.stringify(variables, undefined, 2)}\n`;
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
}

function relative(file: vscode.Uri): string {
  return vscode.workspace.asRelativePath(file);
}
