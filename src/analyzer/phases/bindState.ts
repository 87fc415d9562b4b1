import { ts } from 'ts-morph';
import { hasModifier } from '../syntax.ts';
import type { BranchTest } from './guards.ts';
import type { Assignment, Binding, ClassFacts, ExportSource, Guard, Scope, Source, Unit } from './model.ts';

/** Where the walk stands. */
export interface Position {
  readonly scope: Scope;
  readonly guard: Guard | undefined;
  /** Inside of a branch or a loop of the unit. */
  readonly conditional: boolean;
}

/** What the walk over a file has collected so far, and where it stands. */
export class BindState {
  readonly source: ts.SourceFile;
  readonly module: Unit;
  readonly moduleScope: Scope;
  readonly units: Unit[] = [];
  readonly functions = new Map<ts.Node, Unit>();
  readonly classes = new Map<ts.Node, ClassFacts>();
  readonly parameters = new Map<ts.Node, Binding>();
  readonly namespaces = new Map<ts.Node, Scope>();
  readonly exports = new Map<string, ExportSource[]>();
  readonly starExports: string[] = [];
  readonly wholeExports: Source[] = [];
  readonly assignments: Assignment[] = [];
  readonly guards: Guard[] = [];
  readonly accessorNames = new Set<string>();
  /** Every identifier that is read as a value: an import that is not among them is erased. */
  readonly used = new Set<string>();
  /** Steps that need the whole file to have been walked. */
  readonly finish: (() => void)[] = [];
  readonly visit: (node: ts.Node) => void;
  position: Position;

  constructor(source: ts.SourceFile, visit: (state: BindState, node: ts.Node) => void) {
    this.source = source;
    this.visit = node => visit(this, node);
    const { fileName } = source;
    const base = fileName.slice(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
    this.module = this.createUnit('module', base, source, undefined);
    this.moduleScope = {
      parent: undefined,
      unit: this.module,
      bindings: new Map(),
      thisValue: { kind: 'unknown' },
    };
    this.position = { scope: this.moduleScope, guard: undefined, conditional: false };
  }

  get scope(): Scope {
    return this.position.scope;
  }

  get unit(): Unit {
    return this.position.scope.unit;
  }

  createUnit(kind: Unit['kind'], name: string, node: ts.Node, parent: Unit | undefined): Unit {
    const unit: Unit = {
      tag: 'function',
      kind,
      name,
      path: this.source.fileName,
      node,
      parent,
      calls: [],
      reads: [],
      returns: [],
      parameters: [],
      loads: [],
    };
    this.units.push(unit);
    return unit;
  }

  /** The expression as something that a name of the current scope may hold. */
  sourceOf(expression: ts.Node): Source {
    return { expression, scope: this.scope, path: [] };
  }

  addCall(node: ts.Node): void {
    this.unit.calls.push({ node, ...this.position });
  }

  /** What a namespace exports is a property of it, and nothing that the module exports. */
  addExport(name: string, source: ExportSource): void {
    if (this.#isInNamespace()) return;
    const known = this.exports.get(name);
    if (known) known.push(source);
    else this.exports.set(name, [source]);
  }

  #isInNamespace(): boolean {
    if (this.namespaces.size === 0) return false;
    const scopes = new Set(this.namespaces.values());
    for (let at: Scope | undefined = this.scope; at; at = at.parent) if (scopes.has(at)) return true;
    return false;
  }

  /** Adds what `export` before a function or class declaration exports. */
  addDeclaredExport(node: ts.Node, name: ts.Identifier | undefined): void {
    if (!hasModifier(node, ts.SyntaxKind.ExportKeyword)) return;
    const exported = hasModifier(node, ts.SyntaxKind.DefaultKeyword) ? 'default' : name?.text;
    if (exported)
      this.addExport(exported, { kind: 'local', source: this.sourceOf(node), node: name ?? node });
  }

  /** Walks with another position and comes back to this one. */
  at(position: Partial<Position>, walk: () => void): void {
    const before = this.position;
    this.position = { ...before, ...position };
    walk();
    this.position = before;
  }

  /** Walks code that `test` may keep from running again. */
  guarded(test: BranchTest, start: number, end: number, walk: () => void): void {
    const guard: Guard = { ...test, scope: this.scope, start, end, outer: this.position.guard };
    this.guards.push(guard);
    this.at({ guard, conditional: true }, walk);
  }
}
