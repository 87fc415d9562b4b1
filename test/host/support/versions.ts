// For tests inside the extension host that are about versions and aliases.
import assert from 'node:assert/strict';
import { realpath } from 'node:fs/promises';
import { LambdaClient } from '@aws-sdk/client-lambda';
import * as vscode from 'vscode';
import { readAttachment } from '../../../src/engine/ownership/attachmentFile.ts';
import { rendezvousDirectory } from '../../../src/engine/ownership/rendezvous.ts';
import type { FunctionAlias, FunctionVersion } from '../../../src/model/target.ts';
import { fileUri } from './inHost.ts';

/** What the commands take; see VersionArguments. */
export type Arguments = Readonly<Record<string, unknown>>;

/** Runs a command as a keybinding would. Undefined where an error was shown instead. */
export async function run<Result>(command: string, given: Arguments = {}): Promise<Result | undefined> {
  return vscode.commands.executeCommand<Result | undefined>(`lambdaLens.${command}`, {
    functionName: 'orders',
    ...given,
  });
}

export async function publish(description = '', given: Arguments = {}): Promise<FunctionVersion> {
  return done(await run<FunctionVersion>('publishVersion', { ...given, description }));
}

export async function alias(command: string, given: Arguments): Promise<FunctionAlias> {
  return done(await run<FunctionAlias>(command, given));
}

export function done<T>(result: T | undefined): T {
  assert.ok(result !== undefined, 'an error was shown instead of a result');
  return result;
}

/** Somebody else, who calls the same engine. */
export async function otherClient(): Promise<LambdaClient> {
  const root = await realpath(fileUri('.').fsPath);
  const attachment = await readAttachment(rendezvousDirectory(root));
  assert.ok(attachment, 'no engine runs');
  const { endpoint, region, accessKeyId, secretAccessKey } = attachment;
  return new LambdaClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } });
}

/** Writes a file of the workspace and returns what it was. */
export async function rewrite(path: string, change: (text: string) => string): Promise<string> {
  const bytes = await vscode.workspace.fs.readFile(fileUri(path));
  const text = new TextDecoder().decode(bytes);
  await vscode.workspace.fs.writeFile(fileUri(path), new TextEncoder().encode(change(text)));
  return text;
}

/** `v1`, or `v1 90% v2 10%` as an alias's routing. */
export function routing({ version, additional }: FunctionAlias): string {
  return additional ? `${version} + ${additional.version}:${additional.weight}` : version;
}
