import { isObject } from '../responses/functionAnswer.ts';
import { type ConditionContext, conditionsHold } from './conditions.ts';

export type PolicyDecision = 'allowed' | 'explicitlyDenied' | 'implicitlyDenied';

/**
 * What the policy of a Lambda authorizer says of invoking a method. Of a statement whose condition asks for something
 * that is not known here only the refusal counts.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html
 *
 * @returns undefined where it is no policy.
 */
export function decide(
  policyDocument: unknown,
  methodArn: string,
  context: ConditionContext,
): PolicyDecision | undefined {
  if (!isPolicy(policyDocument)) return undefined;
  const applying = listOf(policyDocument.Statement)
    .filter(isObject)
    .filter(statement => applies(statement, methodArn));
  const holding = (effect: string, verdicts: readonly (boolean | undefined)[]) =>
    applying.some(
      ({ Effect, Condition }) => Effect === effect && verdicts.includes(conditionsHold(Condition, context)),
    );
  if (holding('Deny', [true, undefined])) return 'explicitlyDenied';
  return holding('Allow', [true]) ? 'allowed' : 'implicitlyDenied';
}

export function isPolicy(given: unknown): given is Readonly<Record<string, unknown>> {
  return isObject(given) && listOf(given.Statement).every(isObject);
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
