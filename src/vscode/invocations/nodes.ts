import type * as vscode from 'vscode';
import type { EventLife, LifeStep } from '../asynchronous/eventLife.ts';
import type { InvocationNode } from './history.ts';

/** An event that nobody waits for. */
export interface EventNode {
  readonly folder: vscode.WorkspaceFolder;
  readonly life: EventLife;
}

/** What has happened to an event beside its attempts. */
export interface StepNode extends EventNode {
  readonly step: Extract<LifeStep, { kind: 'change' }>;
  /** Of the step in its life. */
  readonly index: number;
}

/** A row of the Invocations view. */
export type InvocationsNode = InvocationNode | EventNode | StepNode;
