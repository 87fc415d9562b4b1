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
import { isUnresolved, list, scalar, text, unresolved, type Value } from '../intrinsics/value.ts';
import type { Problems } from '../problems.ts';
import { identify } from './identities/identify.ts';
import type { Identity, IdentitySubject } from './identities/identity.ts';
import type { Resource, TemplateInputs } from './inputs.ts';
import { evaluateParameter } from './parameters.ts';
import { pseudoParameter } from './pseudoParameters.ts';

/** What the names of one template stand for. Nothing is evaluated before it is asked for. */
export class TemplateScope implements Scope {
  readonly problems: Problems;
  readonly availabilityZones: readonly string[];
  /** Every resource, whatever its condition. */
  readonly resources = new Map<string, Resource>();
  readonly #root: DocNode;
  readonly #inputs: TemplateInputs;
  readonly #identities = new Map<string, Identity | 'unknown' | 'in progress'>();
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

  evaluate(node: DocNode | undefined): Value | undefined {
    return node && evaluate(node, this);
  }

  ref(name: string, place: DocNode): Value | undefined {
    const pseudo = pseudoParameter(name, this.#inputs);
    if (pseudo !== undefined) {
      return typeof pseudo === 'string' ? scalar(pseudo, place) : list([], place);
    }
    const parameter = descendant(this.#root, 'Parameters', name);
    if (parameter) return evaluateParameter(name, parameter, place, this.#inputs, this);
    const generated = this.#inputs.generated(name);
    if (generated !== undefined) return this.ref(generated, place);
    const resource = this.resources.get(name);
    return resource && this.#ofIdentity(resource, `Ref ${name}`, place, identity => identity.ref);
  }

  attribute(logicalId: string, attribute: string, place: DocNode): Value | undefined {
    const [first = '', ...rest] = attribute.split('.');
    const generated = this.#inputs.generated(`${logicalId}.${first}`);
    if (generated !== undefined) {
      return rest.length === 0
        ? this.ref(generated, place)
        : this.attribute(generated, rest.join('.'), place);
    }
    const resource = this.resources.get(logicalId);
    if (!resource) return undefined;
    const output = first === 'Outputs' ? this.#inputs.output(logicalId, rest.join('.'), place) : undefined;
    if (output) return output;
    const subject = `Fn::GetAtt ${logicalId}.${attribute}`;
    return this.#ofIdentity(resource, subject, place, identity => identity.attributes[attribute]);
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

  /** The value of an output, as it is written. */
  output(name: string): DocNode | undefined {
    return descendant(this.#root, 'Outputs', name, 'Value');
  }

  /** The ARN of a resource, and what `Ref` gives, for those whose type is known. */
  identity(logicalId: string): Identity | undefined {
    const resource = this.resources.get(logicalId);
    const identity = resource && this.#identity(resource);
    return typeof identity === 'object' ? identity : undefined;
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
    if (identity === 'unknown') {
      const { type, logicalId } = resource;
      if (subject.startsWith('Ref ')) return scalar(logicalId, place);
      return unresolved(subject, `What a ${type} has for it is known once it is deployed.`, place);
    }
    const found = pick(identity);
    if (found !== undefined) return scalar(found, place);
    return unresolved(
      subject,
      `A ${resource.type} has no such attribute that is known before it is deployed.`,
      place,
    );
  }

  #identity(resource: Resource): Identity | 'unknown' | 'in progress' {
    const { logicalId, type } = resource;
    const known = this.#identities.get(logicalId);
    if (known) return known;
    this.#identities.set(logicalId, 'in progress');
    const identity = identify(type, this.#subject(resource)) ?? 'unknown';
    this.#identities.set(logicalId, identity);
    return identity;
  }

  #subject({ logicalId, type, node }: Resource): IdentitySubject {
    const read = (of: DocNode, ...path: readonly string[]) => {
      const value = this.evaluate(descendant(of, 'Properties', ...path));
      // A name that is not known is no name: the logical id is at least readable.
      return isUnresolved(value) ? undefined : text(value);
    };
    const { settings, stackName } = this.#inputs;
    return {
      logicalId,
      settings,
      stackName,
      property: (...path) => read(node, ...path),
      name: property => read(node, property) ?? logicalId,
      before: (property, meaning) => {
        const own = meaning(read(node, property));
        let count = 0;
        for (const other of this.resources.values()) {
          if (other.logicalId === logicalId) break;
          if (other.type === type && meaning(read(other.node, property)) === own) count += 1;
        }
        return count;
      },
    };
  }
}
