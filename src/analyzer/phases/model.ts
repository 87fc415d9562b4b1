import type { ts } from 'ts-morph';

/**
 * What one file says, without looking at any other: its scopes, the bodies of code in it, the calls that
 * each body makes and the values that names may hold. Made once per version of a file, then never changed.
 */
export interface FileFacts {
  /** Absolute path. */
  readonly path: string;
  readonly source: ts.SourceFile;
  readonly module: Unit;
  /** The module's own names, imports among them. */
  readonly scope: Scope;
  /** Every unit of the file, outer ones first. */
  readonly units: readonly Unit[];
  /** Function-like nodes to their units. */
  readonly functions: ReadonlyMap<ts.Node, Unit>;
  readonly classes: ReadonlyMap<ts.Node, ClassFacts>;
  /** The nodes of parameters to the bindings that hold what callers pass. */
  readonly parameters: ReadonlyMap<ts.Node, Binding>;
  /** The scopes of namespaces, whose names are their properties. */
  readonly namespaces: ReadonlyMap<ts.Node, Scope>;
  /** By exported name; several where branches export differently. */
  readonly exports: ReadonlyMap<string, readonly ExportSource[]>;
  /** `export * from`. */
  readonly starExports: readonly string[];
  /** `module.exports = value` and `export = value`. */
  readonly wholeExports: readonly Source[];
  /** Assignments to a property, by its name; `*` for computed ones. */
  readonly propertyAssignments: ReadonlyMap<string, readonly Assignment[]>;
  readonly lazyGuards: readonly LazyGuard[];
  /** The names of its getters and setters. */
  readonly accessorNames: ReadonlySet<string>;
}

/** A body of code that runs as a whole: a module, a function, or what `new` runs of a class. */
export interface Unit {
  readonly tag: 'function';
  readonly kind: 'module' | 'function' | 'construction';
  readonly name: string;
  readonly path: string;
  /** The source file, the function-like node or the class. */
  readonly node: ts.Node;
  /** The unit that the node stands in; absent for a module. */
  readonly parent: Unit | undefined;
  readonly calls: CallSite[];
  /** Property reads that are not calls: getters run there. */
  readonly reads: CallSite[];
  readonly returns: Source[];
  readonly parameters: Binding[];
  readonly loads: Load[];
  /** Of a construction, its class. */
  readonly constructs?: ClassFacts;
}

/** A module that a unit needs. */
export interface Load {
  readonly specifier: string;
  /** Loaded when the statement runs (`import()`, `require`), not ahead of the module. */
  readonly dynamic: boolean;
  readonly node: ts.Node;
  readonly guard: Guard | undefined;
  readonly conditional: boolean;
}

export interface Scope {
  readonly parent: Scope | undefined;
  readonly unit: Unit;
  readonly bindings: Map<string, Binding>;
  /** What `this` is, where a scope changes it. */
  readonly thisValue?: ThisValue;
}

export type ThisValue =
  | { readonly kind: 'instance' | 'class'; readonly of: ClassFacts }
  | { readonly kind: 'object'; readonly source: Source }
  | { readonly kind: 'unknown' };

export interface Binding {
  readonly tag: 'binding';
  readonly name: string;
  readonly declaration: ts.Node;
  /** Whose run creates the binding anew. */
  readonly owner: Unit;
  /** Everything that the file assigns to it. */
  readonly sources: Source[];
  readonly imported?: ImportedName;
  readonly parameter?: { readonly index: number; readonly rest: boolean };
}

export interface ImportedName {
  readonly specifier: string;
  /** The exported name, `default`, or `*` for the namespace. */
  readonly name: string;
}

/** An expression, or a part of it, that a name may hold. */
export interface Source {
  readonly expression: ts.Node;
  readonly scope: Scope;
  /**
   * How to get from the expression to the value: property names, `*` for an unknown one, `@@each` for what
   * iterating gives, `()` for what calling gives.
   */
  readonly path: readonly string[];
  /** The expression is only the class that the value is declared to be an instance of. */
  readonly declaredType?: boolean;
}

export type ExportSource = { readonly node: ts.Node } & (
  | { readonly kind: 'local'; readonly source: Source }
  | { readonly kind: 'from'; readonly specifier: string; readonly name: string }
);

export interface Assignment {
  readonly target: ts.Expression;
  readonly value: ts.Expression;
  readonly scope: Scope;
  readonly node: ts.Node;
  /** It stands in a branch or a loop of its unit, so that not every run gets there. */
  readonly conditional: boolean;
}

/** Something that may run a function: a call, a `new`, a tag, a decorator, an element of JSX. */
export interface CallSite {
  readonly node: ts.Node;
  readonly scope: Scope;
  readonly guard: Guard | undefined;
  /** It stands in a branch or a loop of its unit. */
  readonly conditional: boolean;
}

/** Code that a test of a kept variable may keep from running a second time. */
export interface Guard {
  readonly scope: Scope;
  /** What is tested, for example `client` in `if (!client)`. */
  readonly target: ts.Expression;
  /** `set` for a flag that lets the code in: `if (isCold) { isCold = false; ... }`. */
  readonly runsWhile: 'unset' | 'set';
  /** Offsets of the guarded code. */
  readonly start: number;
  readonly end: number;
  readonly outer: Guard | undefined;
  /** Further conditions that let the guarded code run again (`|| expired`). */
  readonly alternatives: readonly ts.Expression[];
}

/** A guard whose code may run once. */
export interface LazyGuard {
  readonly guard: Guard;
  /** Whose runs make the tested place anew; undefined for one that lives as long as the environment. */
  readonly owner: Unit | undefined;
  /** The units that unset the place whenever they run. */
  readonly resets: readonly Unit[];
  /** The units that set the place; the guarded code has to call one. Absent where it sets the place itself. */
  readonly setters?: readonly Unit[];
}

export interface ClassFacts {
  readonly tag: 'class';
  readonly name: string;
  readonly path: string;
  readonly node: ts.ClassLikeDeclaration;
  /** The unit that evaluates the class, and its static parts with it. */
  readonly owner: Unit;
  /** What `new` runs: field initialisers and constructor. */
  readonly construction: Unit;
  readonly extends: Source | undefined;
  /** Names in `implements` clauses, as sources for their declarations. */
  readonly implements: readonly Source[];
  readonly members: Map<string, Member[]>;
  readonly statics: Map<string, Member[]>;
}

export type Member =
  | { readonly kind: 'method' | 'getter' | 'setter'; readonly unit: Unit }
  | { readonly kind: 'value'; readonly source: Source };

/** A function that a package memoises, made by a unit. */
export interface Memo {
  readonly owner: Unit;
}
