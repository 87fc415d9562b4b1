import type * as vscode from 'vscode';
import type { FunctionDefinition } from '../../../model/functionDefinition.ts';
import type { Target } from '../../../model/target.ts';
import type { FunctionsNode } from '../../functions/nodes.ts';
import type { AliasHistory } from '../aliasHistory.ts';
import type { FunctionStates } from '../functionStates.ts';
import type { VersionsServices } from '../services.ts';

/** What actions work with. */
export interface ActionServices extends VersionsServices {
  readonly states: FunctionStates;
  readonly history: AliasHistory;
}

/** What commands take from keybindings, lenses and other extensions; what is left out is asked for. */
export interface VersionArguments {
  readonly folder?: vscode.Uri;
  readonly functionName?: string;
  /** A number, or `$LATEST`. */
  readonly version?: string;
  /** The name of an alias. */
  readonly alias?: string;
  readonly description?: string;
  /** Of the alias as the caller knows it: it is only changed if it still is that one. */
  readonly revisionId?: string;
  /** The share of the traffic that `version` gets. */
  readonly percent?: number;
  /** What to compare with: a version, an alias, or `workspace`. */
  readonly other?: string;
  /** JSON text. */
  readonly event?: string;
  /** Whoever calls has asked already. */
  readonly confirmed?: boolean;
}

export type Given = FunctionsNode | VersionArguments | undefined;

/** A function of a target that can be called. */
export interface ChosenFunction {
  readonly folder: vscode.WorkspaceFolder;
  readonly definition: FunctionDefinition;
  readonly target: Target;
}

/** The arguments where the caller gave arguments, and no row of the tree. */
export function argumentsOf(given: Given): VersionArguments {
  return given && !('kind' in given) ? given : {};
}

export function nodeOf(given: Given): FunctionsNode | undefined {
  return given && 'kind' in given ? given : undefined;
}
