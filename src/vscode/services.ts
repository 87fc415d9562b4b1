import type * as vscode from 'vscode';
import type { AnalyzerClient } from '../analyzer/client.ts';
import type { EngineConnection } from '../client/connection.ts';
import type { AwsAccess, AwsProfile } from '../model/awsAccess.ts';
import type { FunctionDefinition, ProjectModel } from '../model/functionDefinition.ts';
import type { SourceRange } from '../model/source.ts';
import type { Target } from '../model/target.ts';
import type { Log } from '../shared/log.ts';

/** What the features share. Each takes what it needs with `Pick<Services, ...>`. */
export interface Services {
  readonly log: Log;
  /** The worker thread; it is started by the first request. */
  readonly analyzer: AnalyzerClient;
  readonly projects: Projects;
  readonly engines: Engines;
  readonly targets: Targets;
  readonly handlers: Handlers;
}

/** The models of the open workspace folders, read in the worker from what the editors show, and kept current. */
export interface Projects {
  readonly onDidChange: vscode.Event<void>;
  /** Source files beside handlers were written, created or deleted. */
  readonly onDidChangeSources: vscode.Event<void>;
  /** Undefined while the folder has not been read yet. */
  current(folder: vscode.WorkspaceFolder): ProjectModel | undefined;
  /** Reads the folder if that has not been done yet. */
  load(folder: vscode.WorkspaceFolder): Promise<ProjectModel>;
  /** Undefined while the model has not been read from the document as it is now. */
  currentPlaces(document: vscode.TextDocument): TemplatePlaces | undefined;
  /** Reads the document as it is now. Undefined where it is no template, or when it changes meanwhile. */
  readPlaces(document: vscode.TextDocument): Promise<TemplatePlaces | undefined>;
  /** Reads every folder again. */
  refresh(): Promise<void>;
}

/** A model that was read with an open document. */
export interface TemplatePlaces {
  readonly folder: vscode.WorkspaceFolder;
  readonly model: ProjectModel;
  /**
   * The version of the document that the model has the places of functions from: not that of the document
   * where it does not parse any more.
   */
  readonly version: number;
}

/** Where the handlers of functions lead. */
export interface Handlers {
  readonly onDidChange: vscode.Event<void>;
  /** What is known to be wrong with a function's handler. */
  problemOf(definition: FunctionDefinition, model: ProjectModel): HandlerProblem | undefined;
  /** The exported value; undefined where it is not found. */
  locate(definition: FunctionDefinition, signal?: AbortSignal): Promise<SourceRange | undefined>;
}

export interface HandlerProblem {
  readonly kind: 'noFile' | 'noExport';
  /** What is wrong and what to do about it. */
  readonly message: string;
}

export interface Engines {
  /** A folder's connection was made or has ended. */
  readonly onDidChange: vscode.Event<vscode.WorkspaceFolder>;
  /** Attaches to the folder's engine, or starts it. Throws a UserError in an untrusted workspace. */
  connect(folder: vscode.WorkspaceFolder): Promise<EngineConnection>;
  /** The connection, if there is one. */
  current(folder: vscode.WorkspaceFolder): EngineConnection | undefined;
}

/** The Lambda service that the versions and aliases of a folder are read from and changed in. */
export interface Targets {
  /** The folder has another target, or its target can be called now, or cannot any more. */
  readonly onDidChange: vscode.Event<vscode.WorkspaceFolder>;
  /** Starts the engine, where that is the target. Throws a UserError where nothing can be called. */
  connect(folder: vscode.WorkspaceFolder): Promise<Target>;
  /** The target, where calling it starts nothing. */
  current(folder: vscode.WorkspaceFolder): Target | undefined;
  /** The account that was selected for the folder; undefined: its target is the local engine. */
  deployed(folder: vscode.WorkspaceFolder): Target | undefined;
  /**
   * @param access undefined: the local engine.
   * @throws TargetError where the account cannot be called; the target stays what it was.
   */
  select(
    folder: vscode.WorkspaceFolder,
    access: AwsAccess | undefined,
    signal?: AbortSignal,
  ): Promise<Target | undefined>;
  /** What could be selected. */
  profiles(): Promise<readonly AwsProfile[]>;
}
