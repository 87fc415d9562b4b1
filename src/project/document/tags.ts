import type { Problems } from '../problems.ts';
import { type DocNode, type MapNode, rangeOf, type ScalarNode } from './sourceDocument.ts';

/**
 * `!Sub x` written out as `{ "Fn::Sub": x }`, so that YAML and JSON templates look alike to whoever reads
 * them. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
 */
export function writeOutTag(tag: string, node: DocNode, problems: Problems): DocNode {
  const name = tag.slice(1);
  if (!shortForms.has(name)) {
    problems.warning(
      `${tag} is not one of CloudFormation's tags; the value is read as if the tag were not there.`,
      rangeOf(node),
    );
    return node;
  }
  const key = name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
  return wrap(key, name === 'GetAtt' ? splitAttribute(node) : node);
}

/** CloudFormation's short forms without their exclamation mark. */
export const shortForms: ReadonlySet<string> = new Set([
  'And',
  'Base64',
  'Cidr',
  'Condition',
  'Equals',
  'FindInMap',
  'ForEach',
  'GetAtt',
  'GetAZs',
  'GetStackOutput',
  'If',
  'ImportValue',
  'Join',
  'Length',
  'Not',
  'Or',
  'Ref',
  'Select',
  'Split',
  'Sub',
  'ToJsonString',
  'Transform',
]);

function wrap(name: string, value: DocNode): MapNode {
  const { document, start, end } = value;
  const key: ScalarNode = { kind: 'scalar', value: name, document, start, end };
  return { kind: 'map', entries: new Map([[name, { key, value }]]), document, start, end };
}

/** The short form names resource and attribute in one string: `!GetAtt Queue.Arn`. */
function splitAttribute(node: DocNode): DocNode {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return node;
  const dot = node.value.indexOf('.');
  if (dot === -1) return node;
  const { document, start, end } = node;
  const part = (value: string): ScalarNode => ({ kind: 'scalar', value, document, start, end });
  return {
    kind: 'seq',
    items: [part(node.value.slice(0, dot)), part(node.value.slice(dot + 1))],
    document,
    start,
    end,
  };
}
