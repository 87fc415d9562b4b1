import { isObject } from '../responses/functionAnswer.ts';

export type PolicyDecision = 'allowed' | 'explicitlyDenied' | 'implicitlyDenied';

/**
 * What the policy of a Lambda authorizer says of invoking a method. Of a statement with a condition only the refusal
 * counts, as conditions are not evaluated here.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html
 *
 * @returns undefined where it is no policy.
 */
export function decide(policyDocument: unknown, methodArn: string): PolicyDecision | undefined {
  if (!isObject(policyDocument)) return undefined;
  const statements = listOf(policyDocument.Statement);
  if (!statements.every(isObject)) return undefined;
  const applying = statements.filter(statement => applies(statement, methodArn));
  if (applying.some(({ Effect }) => Effect === 'Deny')) return 'explicitlyDenied';
  return applying.some(({ Effect, Condition }) => Effect === 'Allow' && Condition === undefined)
    ? 'allowed'
    : 'implicitlyDenied';
}

function applies(statement: Readonly<Record<string, unknown>>, methodArn: string): boolean {
  return (
    matches(statement.Action, statement.NotAction, 'execute-api:Invoke', true) &&
    matches(statement.Resource, statement.NotResource, methodArn, false)
  );
}

function matches(wanted: unknown, unwanted: unknown, value: string, ignoreCase: boolean): boolean {
  const isLike = (pattern: unknown) =>
    typeof pattern === 'string' && wildcard(pattern, ignoreCase).test(value);
  if (wanted !== undefined) return listOf(wanted).some(isLike);
  return unwanted !== undefined && !listOf(unwanted).some(isLike);
}

function wildcard(pattern: string, ignoreCase: boolean): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, ignoreCase ? 'is' : 's');
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
