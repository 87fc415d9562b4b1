import type * as vscode from 'vscode';
import type { FunctionDefinition, ProjectModel, ProjectProblem } from '../../model/functionDefinition.ts';
import type { Trigger } from '../../model/trigger.ts';
import type { StackGroup } from './stacks.ts';

/** What the Functions tree consists of. */
export type FunctionsNode =
  | FolderNode
  | StackNode
  | FunctionNode
  | QualifierNode
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

export interface QualifierNode {
  readonly kind: 'qualifier';
  readonly folder: vscode.WorkspaceFolder;
  readonly definition: FunctionDefinition;
  readonly qualifier: '$LATEST';
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
