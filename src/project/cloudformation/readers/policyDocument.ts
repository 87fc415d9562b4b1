import type { PolicyDocument, PolicyPrincipals, PolicyStatement } from '../../../model/permissions.ts';
import type { Json } from '../../../model/resource.ts';
import { defined } from '../../defined.ts';
import {
  entries,
  items,
  property,
  text,
  texts,
  toJson,
  type Value,
  whereIs,
} from '../../intrinsics/value.ts';

/**
 * A policy as it is written, but with a list wherever one may stand.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function readPolicyDocument(value: Value | undefined): PolicyDocument {
  const version = text(property(value, 'Version'));
  const written = property(value, 'Statement');
  const statements = written?.kind === 'map' ? [written] : items(written);
  return { ...(version !== undefined && { version }), statements: statements.map(readStatement) };
}

const known = new Set([
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
]);

function readStatement(statement: Value): PolicyStatement {
  const own = (name: string) => property(statement, name);
  const list = (name: string) => (own(name) ? texts(own(name)) : undefined);
  const sid = text(own('Sid'));
  const principals = principalsOf(own('Principal'));
  const notPrincipals = principalsOf(own('NotPrincipal'));
  const actions = list('Action');
  const notActions = list('NotAction');
  const resources = list('Resource');
  const notResources = list('NotResource');
  const conditions = conditionsOf(own('Condition'));
  const unknown: Record<string, Json> = {};
  for (const [name, value] of entries(statement)) if (!known.has(name)) unknown[name] = toJson(value);
  return {
    ...defined({ sid }),
    effect: text(own('Effect')) ?? '',
    ...defined({ principals, notPrincipals, actions, notActions, resources, notResources, conditions }),
    ...(Object.keys(unknown).length > 0 && { unknown }),
    definedAt: whereIs(statement),
  };
}

function principalsOf(value: Value | undefined): PolicyPrincipals | undefined {
  if (!value) return undefined;
  if (value.kind !== 'map') return text(value) === '*' ? '*' : { AWS: texts(value) };
  return Object.fromEntries(entries(value).map(([kind, who]) => [kind, texts(who)]));
}

function conditionsOf(value: Value | undefined): PolicyStatement['conditions'] {
  if (value?.kind !== 'map') return undefined;
  return Object.fromEntries(
    entries(value).map(([operator, keys]) => [
      operator,
      Object.fromEntries(entries(keys).map(([key, values]) => [key, texts(values)])),
    ]),
  );
}
