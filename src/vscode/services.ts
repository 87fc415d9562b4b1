import type * as vscode from 'vscode';
import type { AnalyzerClient } from '../analyzer/client.ts';
import type { EngineConnection } from '../client/connection.ts';
import type { ProjectModel } from '../model/functionDefinition.ts';
import type { Log } from '../shared/log.ts';

/** What the features share. Each takes what it needs with `Pick<Services, ...>`. */
export interface Services {
  readonly log: Log;
  /** The worker thread; it is started by the first request. */
  readonly analyzer: AnalyzerClient;
  readonly projects: Projects;
  readonly engines: Engines;
}

/** The models of the open workspace folders, read in the worker and kept current. */
export interface Projects {
  readonly onDidChange: vscode.Event<void>;
  /** Undefined while the folder has not been read yet. */
  current(folder: vscode.WorkspaceFolder): ProjectModel | undefined;
  /** Reads the folder if that has not been done yet. */
  load(folder: vscode.WorkspaceFolder): Promise<ProjectModel>;
  /** Reads every folder again. */
  refresh(): Promise<void>;
}

export interface Engines {
  /** Attaches to the folder's engine, or starts it. Throws a UserError in an untrusted workspace. */
  connect(folder: vscode.WorkspaceFolder): Promise<EngineConnection>;
  /** The connection, if there is one. */
  current(folder: vscode.WorkspaceFolder): EngineConnection | undefined;
}
