import type { Json } from '../../../model/resource.ts';
import { isObject } from '../responses/functionAnswer.ts';
import { isPolicy } from './policy.ts';

/** What a Lambda authorizer answered; it may be remembered and asked again for other methods. */
export type AuthorizerAnswer =
  | {
      readonly kind: 'policy';
      readonly principalId?: string;
      readonly policyDocument: Readonly<Record<string, unknown>>;
      readonly context: Readonly<Record<string, Json>>;
    }
  | {
      readonly kind: 'simple';
      readonly isAuthorized: boolean;
      readonly context: Readonly<Record<string, Json>>;
    }
  /** It cannot be read; the reason is for the log. */
  | { readonly kind: 'malformed'; readonly problem: string };

export interface AnswerForm {
  readonly api: 'restApi' | 'httpApi';
  /** HTTP APIs: `EnableSimpleResponses`. */
  readonly simple: boolean;
}

/**
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html#http-api-lambda-authorizer.payload-format-response
 */
export function readAuthorizerAnswer(answer: unknown, form: AnswerForm): AuthorizerAnswer {
  if (!isObject(answer)) return malformed('it answered no object');
  const context = contextOf(answer.context, form.api);
  if ('problem' in context) return malformed(context.problem);
  if (form.simple) {
    return typeof answer.isAuthorized === 'boolean'
      ? { kind: 'simple', isAuthorized: answer.isAuthorized, context: context.value }
      : malformed('it answered no isAuthorized of true or false, which its simple responses need');
  }
  const { principalId, policyDocument } = answer;
  if (form.api === 'restApi' && typeof principalId !== 'string') {
    return malformed('it answered no principalId');
  }
  if (!isPolicy(policyDocument)) {
    return malformed('it answered no policyDocument with statements');
  }
  return {
    kind: 'policy',
    ...(typeof principalId === 'string' ? { principalId } : {}),
    policyDocument,
    context: context.value,
  };
}

/** A REST API takes texts, numbers and booleans only. */
function contextOf(
  given: unknown,
  api: AnswerForm['api'],
): { readonly value: Readonly<Record<string, Json>> } | { readonly problem: string } {
  if (given === undefined || given === null) return { value: {} };
  if (!isObject(given)) return { problem: 'its context is no object' };
  const nested = Object.keys(given).filter(name => typeof given[name] === 'object' && given[name] !== null);
  if (api === 'restApi' && nested.length > 0) {
    return { problem: `its context has lists or objects (${nested.join(', ')}), which a REST API refuses` };
  }
  return { value: given as Readonly<Record<string, Json>> };
}

function malformed(problem: string): AuthorizerAnswer {
  return { kind: 'malformed', problem };
}
