import {
  type DocNode,
  descendant,
  entriesOf,
  type MapNode,
  rangeOf,
  textOf,
} from '../document/sourceDocument.ts';
import { evaluateCondition } from '../intrinsics/conditions.ts';
import { evaluate } from '../intrinsics/evaluate.ts';
import type { Scope, Verdict } from '../intrinsics/scope.ts';
import { list, placeholdersOf, scalar, text, unresolved, type Value } from '../intrinsics/value.ts';
import type { Problems } from '../problems.ts';
import type { ProjectSettings } from '../settings.ts';
import { type Identity, identify } from './identity.ts';

/** A template in CloudFormation's terms, with every reference resolved on demand. */
export interface Template {
  readonly root: DocNode;
  readonly scope: Scope;
  /** The resources whose condition holds or is not known, in the order of the template. */
  readonly resources: ReadonlyMap<string, Resource>;
}

export interface Resource {
  readonly logicalId: string;
  readonly type: string;
  /** The logical id where it is written; what "defined here" points to. */
  readonly place: DocNode;
  readonly node: DocNode;
}

/** What a template is deployed with. */
export interface TemplateInputs {
  readonly settings: ProjectSettings;
  readonly stackName: string;
  /** Values given to parameters from outside; they go before defaults. */
  readonly parameters: ReadonlyMap<string, Value>;
}

export function openTemplate(root: DocNode, inputs: TemplateInputs, problems: Problems): Template {
  const scope = new TemplateScope(root, inputs, problems);
  const resources = new Map<string, Resource>();
  for (const [logicalId, resource] of scope.resources) {
    const condition = textOf(descendant(resource.node, 'Condition'));
    if (condition === undefined || scope.condition(condition, resource.node) !== false) {
      resources.set(logicalId, resource);
    }
  }
  return { root, scope, resources };
}

class TemplateScope implements Scope {
  readonly problems: Problems;
  readonly availabilityZones: readonly string[];
  readonly resources = new Map<string, Resource>();
  readonly #root: DocNode;
  readonly #inputs: TemplateInputs;
  readonly #identities = new Map<string, Identity | 'in progress'>();
  readonly #verdicts = new Map<string, Verdict | 'in progress'>();

  constructor(root: DocNode, inputs: TemplateInputs, problems: Problems) {
    this.#root = root;
    this.#inputs = inputs;
    this.problems = problems;
    this.availabilityZones = ['a', 'b', 'c'].map(zone => `${inputs.settings.region}${zone}`);
    for (const [logicalId, { key, value }] of entriesOf(descendant(root, 'Resources'))) {
      const type = textOf(descendant(value, 'Type'));
      if (type !== undefined) this.resources.set(logicalId, { logicalId, type, place: key, node: value });
      else if (!logicalId.startsWith('Fn::')) {
        problems.error(`The resource ${logicalId} has no Type. Give it one.`, rangeOf(key));
      }
    }
  }

  knows(name: string): boolean {
    return (
      this.#pseudoParameter(name) !== undefined ||
      this.resources.has(name) ||
      descendant(this.#root, 'Parameters', name) !== undefined
    );
  }

  ref(name: string, place: DocNode): Value | undefined {
    const pseudo = this.#pseudoParameter(name);
    if (pseudo !== undefined) return Array.isArray(pseudo) ? list([], place) : scalar(String(pseudo), place);
    const parameter = descendant(this.#root, 'Parameters', name);
    if (parameter) return this.#parameter(name, parameter, place);
    const resource = this.resources.get(name);
    return resource && this.#ofIdentity(resource, `Ref ${name}`, place, identity => identity.ref);
  }

  attribute(logicalId: string, attribute: string, place: DocNode): Value | undefined {
    const resource = this.resources.get(logicalId);
    return (
      resource &&
      this.#ofIdentity(
        resource,
        `Fn::GetAtt ${logicalId}.${attribute}`,
        place,
        identity => identity.attributes[attribute],
      )
    );
  }

  condition(name: string, place: DocNode): Verdict {
    const known = this.#verdicts.get(name);
    if (known === 'in progress') {
      this.problems.error(`The condition ${name} depends on itself. Break the circle.`, rangeOf(place));
      return 'unknown';
    }
    if (known !== undefined) return known;
    const definition = descendant(this.#root, 'Conditions', name);
    if (!definition) {
      this.problems.error(
        `The template has no condition ${name}. Define it under Conditions, or correct the name.`,
        rangeOf(place),
      );
      return 'unknown';
    }
    this.#verdicts.set(name, 'in progress');
    const verdict = evaluateCondition(definition, this, node => evaluate(node, this));
    this.#verdicts.set(name, verdict);
    return verdict;
  }

  mapping(name: string): MapNode | undefined {
    const found = descendant(this.#root, 'Mappings', name);
    return found?.kind === 'map' ? found : undefined;
  }

  #pseudoParameter(name: string): string | readonly string[] | undefined {
    const { settings, stackName } = this.#inputs;
    switch (name) {
      case 'AWS::Region':
        return settings.region;
      case 'AWS::AccountId':
        return settings.accountId;
      case 'AWS::Partition':
        return 'aws';
      case 'AWS::URLSuffix':
        return 'amazonaws.com';
      case 'AWS::StackName':
        return stackName;
      case 'AWS::StackId':
        return `arn:aws:cloudformation:${settings.region}:${settings.accountId}:stack/${stackName}/00000000-0000-0000-0000-000000000000`;
      case 'AWS::NotificationARNs':
        return [];
      default:
        return undefined;
    }
  }

  #parameter(name: string, definition: DocNode, place: DocNode): Value {
    const type = textOf(descendant(definition, 'Type')) ?? 'String';
    const fallback = descendant(definition, 'Default');
    const given = this.#inputs.parameters.get(name) ?? (fallback && evaluate(fallback, this));
    if (!given) {
      return unresolved(
        `Ref ${name}`,
        `The parameter ${name} has no default and no value. Give it a Default, or a value under parameter_overrides in samconfig.toml.`,
        place,
      );
    }
    if (type.startsWith('AWS::SSM::Parameter::Value<')) {
      return unresolved(
        `Ref ${name}`,
        `The parameter ${name} is read from ${text(given) ?? 'the Parameter Store'} at deployment.`,
        place,
      );
    }
    if (given.kind !== 'scalar') return given;
    if (type !== 'CommaDelimitedList' && !type.startsWith('List<')) {
      return scalar(given.value, place, placeholdersOf(given));
    }
    const parts = String(given.value ?? '').split(',');
    return list(
      parts.map(part => scalar(part.trim(), place)),
      place,
    );
  }

  #ofIdentity(
    resource: Resource,
    subject: string,
    place: DocNode,
    pick: (identity: Identity) => string | undefined,
  ): Value {
    const identity = this.#identity(resource);
    if (identity === 'in progress') {
      this.problems.error(
        `The name of ${resource.logicalId} depends on itself. Break the circle.`,
        rangeOf(place),
      );
      return unresolved(subject, 'It depends on itself.', place);
    }
    const found = pick(identity);
    if (found !== undefined) return scalar(found, place);
    return unresolved(subject, `${resource.type} has no such attribute before it is deployed.`, place);
  }

  #identity(resource: Resource): Identity | 'in progress' {
    const known = this.#identities.get(resource.logicalId);
    if (known) return known;
    this.#identities.set(resource.logicalId, 'in progress');
    const property = (name: string) => {
      const written = descendant(resource.node, 'Properties', name);
      return written && text(evaluate(written, this));
    };
    const identity = identify(resource.type, resource.logicalId, property, this.#inputs.settings);
    this.#identities.set(resource.logicalId, identity);
    return identity;
  }
}
