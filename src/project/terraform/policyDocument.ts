import { buildAt } from '../document/build.ts';
import { type DocNode, descendant } from '../document/sourceDocument.ts';

/** An `aws_iam_policy_document` as the JSON that it renders to. */
export function policyDocumentOf(body: DocNode): DocNode {
  const build = buildAt(body);
  const statements = itemsOf(descendant(body, 'statement')).map(statement => {
    const own = (name: string) => descendant(statement, name);
    return buildAt(statement).map({
      Sid: own('sid'),
      Effect: own('effect') ?? 'Allow',
      Principal: principalsOf(own('principals')),
      NotPrincipal: principalsOf(own('not_principals')),
      Action: own('actions'),
      NotAction: own('not_actions'),
      Resource: own('resources'),
      NotResource: own('not_resources'),
      Condition: conditionsOf(own('condition')),
    });
  });
  return build.map({
    Version: descendant(body, 'version') ?? '2012-10-17',
    Statement: build.seq(statements),
  });
}

function itemsOf(node: DocNode | undefined): readonly DocNode[] {
  if (!node) return [];
  return node.kind === 'seq' ? node.items : [node];
}

function principalsOf(blocks: DocNode | undefined): DocNode | undefined {
  if (!blocks || itemsOf(blocks).length === 0) return undefined;
  const kinds = new Map<string, DocNode>();
  for (const block of itemsOf(blocks)) {
    const type = descendant(block, 'type');
    const identifiers = descendant(block, 'identifiers');
    if (type?.kind === 'scalar' && identifiers) kinds.set(String(type.value), identifiers);
  }
  const anyone = kinds.get('*');
  return anyone ? buildAt(anyone).scalar('*') : buildAt(blocks).map(Object.fromEntries(kinds));
}

function conditionsOf(blocks: DocNode | undefined): DocNode | undefined {
  if (!blocks || itemsOf(blocks).length === 0) return undefined;
  const operators = new Map<string, Record<string, DocNode>>();
  for (const block of itemsOf(blocks)) {
    const operator = descendant(block, 'test');
    const key = descendant(block, 'variable');
    const values = descendant(block, 'values');
    if (operator?.kind !== 'scalar' || key?.kind !== 'scalar' || !values) continue;
    const keys = operators.get(String(operator.value)) ?? {};
    keys[String(key.value)] = values;
    operators.set(String(operator.value), keys);
  }
  const build = buildAt(blocks);
  return build.map(Object.fromEntries([...operators].map(([operator, keys]) => [operator, build.map(keys)])));
}
