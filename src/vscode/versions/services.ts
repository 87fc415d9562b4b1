import type * as vscode from 'vscode';
import type { FunctionDefinition } from '../../model/functionDefinition.ts';
import type { FunctionsNode } from '../functions/nodes.ts';
import type { Invoker } from '../invoke/invoker.ts';
import type { InvokeTarget } from '../invoke/pick.ts';
import type { ChosenEvent } from '../invoke/pickEvent.ts';
import type { Services } from '../services.ts';

/** What dist/versions.js is given by the bundle that loads it: it has no state of theirs of its own. */
export interface VersionsServices extends Pick<Services, 'log' | 'projects' | 'targets'> {
  readonly invoker: Pick<Invoker, 'invoke'>;
  /** Asks for an event; undefined when the user turns away. */
  readonly chooseEvent: (target: InvokeTarget) => Promise<ChosenEvent | undefined>;
  /** The handlers of a document with the functions that have them; lines and columns count from 1. */
  readonly handlersOf: (document: vscode.TextDocument) => Promise<readonly ShownHandler[]>;
  /** What is selected in the Functions view. */
  readonly selection: () => readonly FunctionsNode[];
  /** Where what was seen of deployed aliases is kept. */
  readonly state: vscode.Memento;
}

/** What selecting a target needs. */
export interface TargetChoiceServices extends Pick<Services, 'targets'> {
  /** Of the workspace: where accounts that were selected before are kept, without anything secret. */
  readonly state: vscode.Memento;
}

export interface ShownHandler {
  readonly line: number;
  readonly column: number;
  readonly functions: readonly FunctionDefinition[];
}
