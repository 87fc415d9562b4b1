import { ts } from 'ts-morph';
import { accessedName, unwrap } from '../syntax.ts';
import { Answers } from './answers.ts';
import { thisValueOf } from './bindClass.ts';
import { callResult, newResult } from './callResult.ts';
import { distinct, type Evaluation } from './evaluation.ts';
import { membersOf } from './members.ts';
import type { Binding, ClassFacts, FileFacts, Scope, Source, Unit } from './model.ts';
import type { Program } from './program.ts';
import { lookup } from './scopes.ts';
import type { Value, ValueStore } from './values.ts';

const nothing: readonly never[] = [];

type Shape =
  | 'name'
  | 'parameter'
  | 'this'
  | 'super'
  | 'function'
  | 'class'
  | 'object'
  | 'array'
  | 'namespace'
  | 'conditional'
  | 'binary'
  | 'member'
  | 'new'
  | 'call';

/** The kinds of nodes that can be functions or hold some. */
const shapes: ReadonlyMap<ts.SyntaxKind, Shape> = new Map<ts.SyntaxKind, Shape>([
  [ts.SyntaxKind.Identifier, 'name'],
  [ts.SyntaxKind.Parameter, 'parameter'],
  [ts.SyntaxKind.ThisKeyword, 'this'],
  [ts.SyntaxKind.SuperKeyword, 'super'],
  [ts.SyntaxKind.FunctionDeclaration, 'function'],
  [ts.SyntaxKind.FunctionExpression, 'function'],
  [ts.SyntaxKind.ArrowFunction, 'function'],
  [ts.SyntaxKind.ClassDeclaration, 'class'],
  [ts.SyntaxKind.ClassExpression, 'class'],
  [ts.SyntaxKind.ObjectLiteralExpression, 'object'],
  [ts.SyntaxKind.ArrayLiteralExpression, 'array'],
  [ts.SyntaxKind.ModuleDeclaration, 'namespace'],
  [ts.SyntaxKind.ConditionalExpression, 'conditional'],
  [ts.SyntaxKind.BinaryExpression, 'binary'],
  [ts.SyntaxKind.PropertyAccessExpression, 'member'],
  [ts.SyntaxKind.ElementAccessExpression, 'member'],
  [ts.SyntaxKind.NewExpression, 'new'],
  [ts.SyntaxKind.CallExpression, 'call'],
]);

/** How many different objects a property is looked up in; a call of more functions than these tells little. */
const maximumObjects = 24;

/**
 * Tells which functions, classes and objects an expression may be: no types, no order of statements, one
 * answer for all calls of a function. What comes from packages is External; numbers and texts are nothing.
 */
export class Evaluator implements Evaluation {
  readonly program: Program;
  readonly store: ValueStore;
  readonly #answers: Answers;

  constructor(program: Program, store: ValueStore) {
    this.program = program;
    this.store = store;
    this.#answers = new Answers(store);
  }

  evaluate(expression: ts.Node, scope: Scope): readonly Value[] {
    return this.#evaluate(unwrap(expression), scope);
  }

  valuesOf(source: Source): readonly Value[] {
    let values = source.declaredType
      ? this.#declared(source)
      : this.evaluate(source.expression, source.scope);
    for (const name of source.path) {
      values = name === '()' ? this.#results(values) : this.members(values, name);
    }
    return values;
  }

  #results(functions: readonly Value[]): readonly Value[] {
    return distinct(functions.flatMap(value => (value.tag === 'function' ? this.returned(value) : nothing)));
  }

  /** The values of a property of any of the objects; `*` asks for all properties. */
  members(objects: readonly Value[], name: string): readonly Value[] {
    const [first] = objects;
    if (first === undefined) return nothing;
    if (objects.length === 1) return this.#member(first, name, objects);
    const values = new Set<Value>();
    for (const object of objects.slice(0, maximumObjects)) {
      for (const value of this.#member(object, name, undefined)) values.add(value);
    }
    return [...values];
  }

  /** What code outside returns is as unknown as the code itself: it stands for its properties too. */
  #member(object: Value, name: string, itself: readonly Value[] | undefined): readonly Value[] {
    if (object.tag === 'external') return itself ?? [object];
    return this.#answers.once(object, name, () => membersOf(this, object, name));
  }

  exported(file: FileFacts, name: string): readonly Value[] {
    return this.#answers.once(file, name, () => {
      if (name === '*') return distinct([...file.exports.keys()].flatMap(key => this.exported(file, key)));
      const named = file.exports.get(name)?.flatMap(source => {
        if (source.kind === 'local') return this.valuesOf(source.source);
        return this.imported(file.path, source.specifier, source.name);
      });
      if (named) return distinct(named);
      const whole = file.wholeExports.flatMap(source => this.valuesOf(source));
      if (whole.length > 0) return name === 'default' ? whole : this.members(whole, name);
      if (name === 'default') return [];
      return distinct(file.starExports.flatMap(specifier => this.imported(file.path, specifier, name)));
    });
  }

  bases(of: ClassFacts): readonly ClassFacts[] {
    if (!of.extends) return [];
    return this.valuesOf(of.extends).filter(value => value.tag === 'class');
  }

  returned(unit: Unit): readonly Value[] {
    return this.#answers.once(unit, 'returned', () =>
      distinct(unit.returns.flatMap(source => this.valuesOf(source))),
    );
  }

  #evaluate(node: ts.Node, scope: Scope): readonly Value[] {
    switch (shapes.get(node.kind)) {
      case 'name': {
        const binding = lookup(scope, (node as ts.Identifier).text);
        return binding ? this.bound(binding) : nothing;
      }
      case 'parameter': {
        const binding = this.#file(scope)?.parameters.get(node);
        return binding ? this.bound(binding) : nothing;
      }
      case 'this':
        return this.#this(scope);
      case 'super':
        return this.#super(scope);
      case 'function':
        return present(this.#file(scope)?.functions.get(node));
      case 'class':
        return present(this.#file(scope)?.classes.get(node));
      case 'object':
        return [this.store.literal('object', node, scope)];
      case 'array':
        return [this.store.literal('array', node, scope)];
      case 'namespace': {
        const inner = this.#file(scope)?.namespaces.get(node);
        return inner ? [this.store.literal('object', node, inner)] : nothing;
      }
      case 'conditional': {
        const { whenTrue, whenFalse } = node as ts.ConditionalExpression;
        return distinct([...this.evaluate(whenTrue, scope), ...this.evaluate(whenFalse, scope)]);
      }
      case 'binary':
        return this.#binary(node as ts.BinaryExpression, scope);
      case 'member': {
        const objects = this.evaluate((node as ts.PropertyAccessExpression).expression, scope);
        return objects.length === 0 ? nothing : this.members(objects, accessedName(node) ?? '*');
      }
      case 'new':
        return newResult(this, node as ts.NewExpression, scope);
      case 'call':
        return callResult(this, node as ts.CallExpression, scope);
      case undefined:
        return nothing;
    }
  }

  #super(scope: Scope): readonly Value[] {
    const value = thisValueOf(scope);
    if (value?.kind !== 'instance' && value?.kind !== 'class') return nothing;
    const bases = this.bases(value.of);
    return value.kind === 'class' ? bases : bases.map(base => this.store.instance(base));
  }

  #binary(node: ts.BinaryExpression, scope: Scope): readonly Value[] {
    switch (node.operatorToken.kind) {
      case ts.SyntaxKind.BarBarToken:
      case ts.SyntaxKind.QuestionQuestionToken:
      case ts.SyntaxKind.BarBarEqualsToken:
      case ts.SyntaxKind.QuestionQuestionEqualsToken:
        return distinct([...this.evaluate(node.left, scope), ...this.evaluate(node.right, scope)]);
      case ts.SyntaxKind.AmpersandAmpersandToken:
      case ts.SyntaxKind.CommaToken:
      case ts.SyntaxKind.EqualsToken:
        return this.evaluate(node.right, scope);
      default:
        return [];
    }
  }

  bound(binding: Binding): readonly Value[] {
    return this.#answers.once(binding, '', () => {
      if (binding.imported) {
        const { specifier, name } = binding.imported;
        return this.imported(binding.owner.path, specifier, name);
      }
      const known = binding.sources.filter(source => !source.declaredType);
      const values = known.flatMap(source => this.valuesOf(source));
      if (binding.parameter) values.push(...this.#passed(binding, binding.parameter.rest));
      if (values.some(value => value.tag !== 'external')) return distinct(values);
      const declared = binding.sources.filter(source => source.declaredType);
      return distinct([...values, ...declared.flatMap(source => this.valuesOf(source))]);
    });
  }

  /** What callers pass; of a rest parameter an array of it. */
  #passed(binding: Binding, isRest: boolean): Iterable<Value> {
    if (!isRest) return this.store.read(this.store.arguments(binding)).values;
    const scope = this.program.file(binding.owner.path)?.scope;
    return scope ? [this.store.literal('array', binding.declaration, scope)] : nothing;
  }

  imported(from: string, specifier: string, name: string): readonly Value[] {
    const file = this.program.resolve(from, specifier);
    if (!file) return [];
    return name === '*' ? this.namespace(file) : this.exported(file, name);
  }

  /** A module as a whole: its namespace, and what `module.exports` is set to. */
  namespace(file: FileFacts): readonly Value[] {
    const whole = file.wholeExports.flatMap(source => this.valuesOf(source));
    return [...whole, this.store.module(file)];
  }

  #this(scope: Scope): readonly Value[] {
    const value = thisValueOf(scope);
    if (value?.kind === 'object') return this.valuesOf(value.source);
    if (value?.kind === 'class') return [value.of];
    return value?.kind === 'instance' ? this.#instances(value.of) : [];
  }

  /** Instances of the class and of what extends it, as far as they are constructed. */
  #instances(of: ClassFacts): readonly Value[] {
    const derived = [...this.store.read(this.store.constructed(of)).values];
    return distinct([of, ...derived].map(each => this.store.instance(each)));
  }

  #declared(source: Source): readonly Value[] {
    const classes = this.evaluate(source.expression, source.scope).filter(value => value.tag === 'class');
    if (classes.length > 0) return distinct(classes.flatMap(of => this.#instances(of)));
    const implementing = this.store.read(this.store.constructed(this.typeKey(source))).values;
    return [...implementing].map(of => this.store.instance(of));
  }

  /** Tells one interface from another of the same name. */
  typeKey(source: Source): string {
    const name = ts.isIdentifier(source.expression) ? source.expression.text : '';
    const imported = lookup(source.scope, name)?.imported;
    const from = source.scope.unit.path;
    if (!imported) return `${from}#${name}`;
    return `${this.program.resolve(from, imported.specifier)?.path ?? imported.specifier}#${imported.name}`;
  }

  #file(scope: Scope): FileFacts | undefined {
    return this.program.file(scope.unit.path);
  }
}

function present(value: Value | undefined): readonly Value[] {
  return value ? [value] : [];
}
