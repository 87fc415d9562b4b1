import type { Placeholder } from '../../../model/placeholder.ts';
import type { Json, ResourceDefinition } from '../../../model/resource.ts';
import type { SourceRange } from '../../../model/source.ts';
import { type DocNode, descendant, rangeOf } from '../../document/sourceDocument.ts';
import {
  booleanOf,
  isUnresolved,
  numberOf,
  placeholdersIn,
  property,
  text,
  texts,
  toJson,
  type Value,
  whereIs,
} from '../../intrinsics/value.ts';
import type { Identity } from '../identities/identity.ts';
import type { Resource } from '../inputs.ts';
import type { TemplateScope } from '../templateScope.ts';

/** The stack that resources are read from. */
export interface StackContext {
  readonly stackId: string;
  /** Absolute path of the folder that paths in the stack are relative to. */
  readonly folder: string;
  readonly scope: TemplateScope;
  /** Logical ids of resources that nobody wrote. */
  readonly implicit: ReadonlySet<string>;
  /** Logical ids of resources that are none of the project's. */
  readonly ignored: ReadonlySet<string>;
  /** Where a program says a resource, of which the template is the outcome. */
  positionOf(logicalId: string): SourceRange | undefined;
  /** What the user calls a resource, where that is not its logical id. */
  addressOf(logicalId: string): string;
}

/** The properties of one resource; remembers where those are written that were asked for. */
export class Facts {
  readonly resource: Resource;
  readonly stack: StackContext;
  readonly properties: Value | undefined;
  readonly #ranges: Record<string, SourceRange> = {};

  constructor(resource: Resource, stack: StackContext) {
    this.resource = resource;
    this.stack = stack;
    this.properties = stack.scope.evaluate(descendant(resource.node, 'Properties'));
  }

  get logicalId(): string {
    return this.resource.logicalId;
  }

  /** What the user calls the resource. */
  get address(): string {
    return this.stack.addressOf(this.logicalId);
  }

  get identity(): Identity | undefined {
    return this.stack.scope.identity(this.logicalId);
  }

  /** What every definition has. To be called last: it hands over the places of what was asked for. */
  definition(): ResourceDefinition {
    const { logicalId, stack } = this;
    return {
      logicalId: this.address,
      stackId: stack.stackId,
      definedAt: stack.positionOf(logicalId) ?? rangeOf(this.resource.place),
      ...(stack.implicit.has(logicalId) && { implicit: true }),
      ...(Object.keys(this.#ranges).length > 0 && { ranges: this.#ranges }),
    };
  }

  value(...path: readonly string[]): Value | undefined {
    return property(this.properties, ...path);
  }

  /** @param member the member of the definition that the property becomes, for its place. */
  text(name: string, member?: string): string | undefined {
    return text(this.#at(name, member));
  }

  texts(name: string, member?: string): readonly string[] {
    return texts(this.#at(name, member));
  }

  flag(name: string, member?: string): boolean | undefined {
    return booleanOf(this.#at(name, member));
  }

  /** Undefined for what is not known; what is no number is a problem. */
  number(name: string, member?: string): number | undefined {
    const value = this.#at(name, member);
    const found = numberOf(value);
    if (value && found === undefined && !isUnresolved(value)) {
      this.error(`${name.split('.').at(-1)} has to be a number.`, value);
    }
    return found;
  }

  /** One of AWS's own words; undefined for what is not known, and a problem for what is none of them. */
  choice<T extends string>(name: string, choices: readonly T[], member?: string): T | undefined {
    const value = this.#at(name, member);
    const written = text(value);
    const found = choices.find(choice => choice === written);
    if (written !== undefined && found === undefined && !isUnresolved(value)) {
      const last = name.split('.').at(-1);
      this.error(`${last} is one of ${choices.join(', ')}, and not ${written}.`, value);
    }
    return found;
  }

  json(name: string, member?: string): Json | undefined {
    const value = this.#at(name, member);
    return value && toJson(value);
  }

  placeholders(): readonly Placeholder[] {
    return placeholdersIn(this.properties);
  }

  /** Remembers where a member comes from that was read in another way. */
  place(member: string, value: Value | undefined): void {
    if (value) this.#ranges[member] = whereIs(value);
  }

  error(message: string, at?: Value | DocNode): void {
    this.stack.scope.problems.error(message, this.#range(at));
  }

  warning(message: string, at?: Value | DocNode): void {
    this.stack.scope.problems.warning(message, this.#range(at));
  }

  info(message: string, at?: Value | DocNode): void {
    this.stack.scope.problems.info(message, this.#range(at));
  }

  #at(name: string, member: string | undefined): Value | undefined {
    const path = name.split('.');
    const value = property(this.properties, ...path);
    const last = path.at(-1) ?? name;
    this.place(member ?? last.charAt(0).toLowerCase() + last.slice(1), value);
    return value;
  }

  #range(at: Value | DocNode | undefined): SourceRange {
    if (!at) return this.stack.positionOf(this.logicalId) ?? rangeOf(this.resource.place);
    return 'place' in at ? whereIs(at) : rangeOf(at);
  }
}
