import type { ts } from 'ts-morph';
import type { Binding, ClassFacts, FileFacts, Guard, Memo, Scope, Unit } from './model.ts';

/** What an expression may be, as far as it matters for which functions are called. */
export type Value = Unit | ClassFacts | Instance | Literal | ModuleValue | External;

export interface Instance {
  readonly tag: 'instance';
  readonly of: ClassFacts;
}

/** An object or array literal, a namespace, or a call that makes an array of a callback's results. */
export interface Literal {
  readonly tag: 'object' | 'array';
  readonly node: ts.Node;
  readonly scope: Scope;
  /** What is added to an array later. */
  readonly added: GrowingSet<Value>;
}

/** A module's namespace. */
export interface ModuleValue {
  readonly tag: 'module';
  readonly file: FileFacts;
}

/**
 * The result of code that is not analysed, made at one place of the program. It may hold on to what it was
 * given (`middy(fn)`, `app.get('/', fn)`) and call it later.
 */
export interface External {
  readonly tag: 'external';
  /** The call or class that it comes from; none for what belongs to no place. */
  readonly node: ts.Node | undefined;
  readonly captured: GrowingSet<Value>;
  /** Set where the result is a memoised function. */
  memo: Memo | undefined;
}

/** A function calls one of its parameters, inside of these guards. */
export interface ParameterCall {
  readonly index: number;
  readonly guards: readonly Guard[];
}

/** What flows to one place beyond this number of values is left out. */
const maximumSize = 100;

/**
 * A set that knows who has read it, so that they can be asked to look again when it grows. Most stay empty and
 * have one reader, so neither takes a Set of its own before it is needed.
 */
export class GrowingSet<T> {
  #values: Set<T> | undefined;
  #reader: Reader | undefined;
  #moreReaders: Set<Reader> | undefined;

  get size(): number {
    return this.#values?.size ?? 0;
  }

  get values(): Iterable<T> {
    return this.#values ?? [];
  }

  /** Whether anything was new. */
  add(values: Iterable<T>): boolean {
    const before = this.size;
    for (const value of values) {
      this.#values ??= new Set();
      if (this.#values.size < maximumSize) this.#values.add(value);
    }
    return this.size > before;
  }

  addReader(reader: Reader): void {
    if (this.#reader === undefined) this.#reader = reader;
    else if (this.#reader !== reader) {
      this.#moreReaders ??= new Set();
      this.#moreReaders.add(reader);
    }
  }

  get readers(): readonly Reader[] {
    if (this.#reader === undefined) return [];
    return this.#moreReaders ? [this.#reader, ...this.#moreReaders] : [this.#reader];
  }
}

/** A part of the call graph whose edges depend on what values were known. */
export type Reader = object;

/** The values that exist once per program, and what has flowed into them. */
export class ValueStore {
  readonly #instances = new Map<ClassFacts, Instance>();
  readonly #literals = new Map<ts.Node, Literal>();
  readonly #modules = new Map<FileFacts, ModuleValue>();
  readonly #externals = new Map<ts.Node, External>();
  readonly #arguments = new Map<Binding, GrowingSet<Value>>();
  readonly #parameterCalls = new Map<Unit, GrowingSet<ParameterCall>>();
  /** Classes that are constructed somewhere, by each class or interface that they can stand for. */
  readonly #constructed = new Map<ClassFacts | string, GrowingSet<ClassFacts>>();
  readonly #onGrowth: (reader: Reader) => void;
  /** Who asks at the moment. */
  reader: Reader | undefined;
  /** Told of every set that is read. */
  onRead: (set: GrowingSet<unknown>) => void = () => {};
  /** How often any set has grown. */
  growth = 0;
  /** How much has been looked at, in steps that take about as long as each other. */
  work = 0;

  constructor(onGrowth: (reader: Reader) => void) {
    this.#onGrowth = onGrowth;
  }

  instance(of: ClassFacts): Instance {
    return entry(this.#instances, of, () => ({ tag: 'instance', of }));
  }

  literal(tag: Literal['tag'], node: ts.Node, scope: Scope): Literal {
    return entry(this.#literals, node, () => ({ tag, node, scope, added: new GrowingSet<Value>() }));
  }

  module(file: FileFacts): ModuleValue {
    return entry(this.#modules, file, () => ({ tag: 'module', file }));
  }

  external(node: ts.Node): External {
    return entry(this.#externals, node, () => outside(node));
  }

  arguments(parameter: Binding): GrowingSet<Value> {
    return entry(this.#arguments, parameter, () => new GrowingSet<Value>());
  }

  parameterCalls(unit: Unit): GrowingSet<ParameterCall> {
    return entry(this.#parameterCalls, unit, () => new GrowingSet<ParameterCall>());
  }

  constructed(of: ClassFacts | string): GrowingSet<ClassFacts> {
    return entry(this.#constructed, of, () => new GrowingSet<ClassFacts>());
  }

  /** The set as it is now; the current reader is told when it grows. */
  read<T>(set: GrowingSet<T>): GrowingSet<T> {
    if (this.reader) set.addReader(this.reader);
    this.onRead(set as GrowingSet<unknown>);
    return set;
  }

  grow<T>(set: GrowingSet<T>, values: Iterable<T>): void {
    if (!set.add(values)) return;
    this.growth += 1;
    for (const reader of set.readers) {
      this.work += 1;
      this.#onGrowth(reader);
    }
  }
}

/** Something that code outside made and that knows nothing yet. */
export function outside(node?: ts.Node): External {
  return { tag: 'external', node, captured: new GrowingSet<Value>(), memo: undefined };
}

/** The value of a key, created where there is none. */
export function entry<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const created = create();
  map.set(key, created);
  return created;
}
