import type { FunctionDefinition, ProjectModel } from './functionDefinition.ts';
import type { SourceRange } from './source.ts';
import type { TriggerKind } from './trigger.ts';

/** A text that an editor has, which goes before the one on the disk. */
export interface OpenText {
  /** Absolute path. */
  readonly file: string;
  readonly text: string;
  readonly version: number;
}

export interface OpenProjectRequest {
  readonly root: string;
  readonly open: readonly OpenText[];
  /** Absolute paths that have changed since this root was last read; absent: anything may have. */
  readonly changed?: readonly string[];
}

export interface OpenProject {
  readonly model: ProjectModel;
  /**
   * By open file, the version of which the model has the places: an older one than was asked with where the
   * file does not parse any more.
   */
  readonly versions: Readonly<Record<string, number>>;
}

export interface CompleteHandlerRequest {
  readonly root: string;
  readonly open: readonly OpenText[];
  /** A template among the open texts, and a place in it that may be in the value of a handler. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** The handlers that a function's code directory holds. */
export interface HandlerCompletions {
  /** What a chosen one replaces; within the quotes, where there are any. */
  readonly range: SourceRange;
  readonly handlers: readonly ProposedHandler[];
}

export interface ProposedHandler {
  /** The handler string. */
  readonly handler: string;
  /** Absolute path of the file that exports it. */
  readonly file: string;
}

export interface RepairHandlerRequest {
  readonly definition: FunctionDefinition;
  /** What invokes the function, where that is known: a handler of its own gets that kind of event. */
  readonly trigger?: TriggerKind;
  /** Absolute paths of the source files of other handlers, nearest first: a new one is written like them. */
  readonly neighbours: readonly string[];
  readonly open: readonly OpenText[];
}

/** What can be done about a handler that does not exist. */
export interface HandlerRepairs {
  /** Handlers that do exist, those with the most similar name first. */
  readonly existing: readonly ProposedHandler[];
  /** Absent where no handler of that name can be written. */
  readonly creation?: HandlerCreation;
}

export type HandlerCreation =
  | {
      readonly kind: 'file';
      /** Absolute path; there is no such file. */
      readonly file: string;
      readonly text: string;
    }
  | {
      readonly kind: 'export';
      readonly file: string;
      /** From top to bottom; lines and columns count from 1. */
      readonly insertions: readonly {
        readonly line: number;
        readonly column: number;
        readonly text: string;
      }[];
    };
