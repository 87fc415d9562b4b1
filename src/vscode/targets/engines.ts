import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import * as vscode from 'vscode';
import type { EngineConnection } from '../../client/connection.ts';
import type { VariableFiles } from '../../model/variableFiles.ts';
import { messageOf, UserError } from '../../shared/errors.ts';
import type { Engines, Services } from '../services.ts';
import { setting } from '../support/settings.ts';
import { loadClient } from './lazyClient.ts';

/** Where the extension finds its bundles and keeps its state. */
export interface EnginePaths {
  readonly distDirectory: string;
  /** One folder per workspace folder is made below it. */
  readonly stateDirectory: string;
}

/** Connections to the engines of the open folders; each is made by the first thing that needs it. */
export function createEngines(
  services: Pick<Services, 'log'>,
  paths: EnginePaths,
): Engines & vscode.Disposable {
  const connecting = new Map<string, Promise<EngineConnection>>();
  const connected = new Map<string, EngineConnection>();
  const changed = new vscode.EventEmitter<vscode.WorkspaceFolder>();

  const publishState = () =>
    vscode.commands.executeCommand('setContext', 'lambdaLens.engineRunning', connected.size > 0);

  const connect = async (folder: vscode.WorkspaceFolder): Promise<EngineConnection> => {
    const key = folder.uri.toString();
    const nodePath = setting('node.path', folder);
    const jwks = setting('http.jwks', folder);
    const connection = await loadClient(paths.distDirectory).connectEngine({
      root: folder.uri.fsPath,
      stateDirectory: join(paths.stateDirectory, createHash('sha256').update(key).digest('hex').slice(0, 32)),
      distDirectory: paths.distDirectory,
      engine: {
        region: setting('engine.region', folder),
        accountId: '000000000000',
        ...(nodePath === '' ? {} : { nodePath }),
        environments: {
          maxEnvironments: setting('engine.maxEnvironments', folder),
          idleSeconds: setting('engine.idleSeconds', folder),
          freeze: setting('engine.freeze', folder),
          accountConcurrency: setting('engine.accountConcurrency', folder),
        },
        services: setting('services', folder),
        timeScale: setting('engine.timeScale', folder),
        variables: variableFiles(folder),
        http: jwks === '' ? {} : { jwksFile: resolve(folder.uri.fsPath, jwks) },
      },
      log: services.log,
    });
    connected.set(key, connection);
    connection.onDidClose(reason => {
      services.log.info(`The local Lambda service of ${folder.name} has ended: ${reason}`);
      connection.dispose();
      connected.delete(key);
      connecting.delete(key);
      void publishState();
      changed.fire(folder);
    });
    void publishState();
    changed.fire(folder);
    return connection;
  };

  const following = vscode.workspace.onDidChangeConfiguration(event => {
    for (const folder of vscode.workspace.workspaceFolders ?? []) {
      if (!event.affectsConfiguration('lambdaLens.engine.timeScale', folder)) continue;
      const scale = String(setting('engine.timeScale', folder));
      connected
        .get(folder.uri.toString())
        ?.lens('POST', '/_lens/clock', { scale })
        .catch(error => services.log.warn(messageOf(error)));
    }
  });

  return {
    onDidChange: changed.event,
    current: folder => connected.get(folder.uri.toString()),
    connect: folder => {
      if (!vscode.workspace.isTrusted) return Promise.reject(untrusted());
      if (folder.uri.scheme !== 'file') return Promise.reject(virtual(folder));
      const key = folder.uri.toString();
      const known = connecting.get(key);
      if (known) return known;
      const attempt = connect(folder).catch(error => {
        connecting.delete(key);
        throw error;
      });
      connecting.set(key, attempt);
      return attempt;
    },
    dispose: () => {
      for (const connection of connected.values()) connection.dispose();
      connected.clear();
      following.dispose();
      changed.dispose();
    },
  };
}

/** The files that the settings name, which are relative to the folder. */
function variableFiles(folder: vscode.WorkspaceFolder): VariableFiles {
  const at = (file: string) => resolve(folder.uri.fsPath, file);
  const envVars = setting('environment.envVars', folder);
  const dotEnv = Object.entries(setting('environment.envFiles', folder));
  return {
    ...(envVars === '' ? {} : { envVars: at(envVars) }),
    dotEnv: Object.fromEntries(dotEnv.map(([name, file]) => [name, at(file)])),
  };
}

function untrusted(): UserError {
  return new UserError(
    vscode.l10n.t(
      'Lambda Lens runs no code of an untrusted workspace. Trust the workspace to invoke its functions.',
    ),
  );
}

function virtual(folder: vscode.WorkspaceFolder): UserError {
  return new UserError(
    vscode.l10n.t('{0} is not on a disk. Open a local copy of it to invoke its functions.', folder.name),
  );
}
