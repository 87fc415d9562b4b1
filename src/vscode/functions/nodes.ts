import type * as vscode from 'vscode';
import type { FunctionDefinition, ProjectModel, ProjectProblem } from '../../model/functionDefinition.ts';
import type { FunctionAlias, FunctionSummary, FunctionVersion } from '../../model/target.ts';
import type { Trigger } from '../../model/trigger.ts';
import type { StackGroup } from './stacks.ts';

/** What the Functions tree consists of. */
export type FunctionsNode =
  | FolderNode
  | StackNode
  | FunctionNode
  | ApiFunctionNode
  | QualifierNode
  | VersionsNode
  | VersionNode
  | AliasesNode
  | AliasNode
  | NoticeNode
  | TriggersNode
  | TriggerNode
  | ProblemNode;

export interface FolderNode {
  readonly kind: 'folder';
  readonly folder: vscode.WorkspaceFolder;
}

/** A template, or a stack that is nested in one. */
export interface StackNode {
  readonly kind: 'stack';
  readonly folder: vscode.WorkspaceFolder;
  readonly model: ProjectModel;
  readonly stack: StackGroup;
}

export interface FunctionNode {
  readonly kind: 'function';
  readonly folder: vscode.WorkspaceFolder;
  readonly model: ProjectModel;
  readonly definition: FunctionDefinition;
}

/** A function that no template of the folder has: somebody has created it by the Lambda API. */
export interface ApiFunctionNode {
  readonly kind: 'apiFunction';
  readonly folder: vscode.WorkspaceFolder;
  /** What is known of it, for what takes functions of templates. */
  readonly definition: FunctionDefinition;
  readonly summary: FunctionSummary;
}

export interface QualifierNode {
  readonly kind: 'qualifier';
  readonly folder: vscode.WorkspaceFolder;
  readonly definition: FunctionDefinition;
  readonly qualifier: '$LATEST';
}

/** What has been published of a function. */
export interface VersionsNode {
  readonly kind: 'versions';
  readonly folder: vscode.WorkspaceFolder;
  readonly definition: FunctionDefinition;
}

export interface VersionNode {
  readonly kind: 'version';
  readonly folder: vscode.WorkspaceFolder;
  readonly definition: FunctionDefinition;
  readonly version: FunctionVersion;
  /** The aliases that send traffic to it. */
  readonly aliases: readonly FunctionAlias[];
}

export interface AliasesNode {
  readonly kind: 'aliases';
  readonly folder: vscode.WorkspaceFolder;
  readonly definition: FunctionDefinition;
}

export interface AliasNode {
  readonly kind: 'alias';
  readonly folder: vscode.WorkspaceFolder;
  readonly definition: FunctionDefinition;
  readonly alias: FunctionAlias;
}

/** Something to say where rows would be, with what can be done about it. */
export interface NoticeNode {
  readonly kind: 'notice';
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  /** The name of a product icon. */
  readonly icon: string;
  readonly command?: vscode.Command;
  /** Those of which more can be shown. */
  readonly more?: VersionsNode;
}

/** What invokes a function. */
export interface TriggersNode {
  readonly kind: 'triggers';
  readonly folder: vscode.WorkspaceFolder;
  readonly definition: FunctionDefinition;
  readonly triggers: readonly Trigger[];
}

export interface TriggerNode {
  readonly kind: 'trigger';
  readonly folder: vscode.WorkspaceFolder;
  readonly trigger: Trigger;
}

export interface ProblemNode {
  readonly kind: 'problem';
  readonly problem: ProjectProblem;
}
