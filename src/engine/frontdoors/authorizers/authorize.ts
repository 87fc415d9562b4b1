import type { AuthorizerDefinition } from '../../../model/http.ts';
import type { Clock } from '../../../shared/clock.ts';
import { type GatewayReply, headerOf } from '../gatewayRequest.ts';
import { type FunctionAnswer, failureOf, isObject, parseJson } from '../responses/functionAnswer.ts';
import { type AuthorizerAnswer, readAuthorizerAnswer } from './authorizerAnswer.ts';
import type { AuthorizerCache } from './authorizerCache.ts';
import { type AuthorizerQuestion, authorizerEvent, methodArn } from './authorizerEvent.ts';
import { type Denial, denialReply } from './denials.ts';
import type { Grant, IamCaller } from './grant.ts';
import { type IdentityRequest, identityValues } from './identitySources.ts';
import { decide } from './policy.ts';
import { checkCognito, checkJwt } from './tokenAuthorizers.ts';

export type Authorization =
  | { readonly kind: 'granted'; readonly grant: Grant }
  /** The problem is for the log. */
  | { readonly kind: 'denied'; readonly reply: GatewayReply; readonly problem: string };

export interface AuthorizePorts {
  readonly clock: Pick<Clock, 'now' | 'monotonic'>;
  readonly cache: AuthorizerCache<AuthorizerAnswer>;
  invoke(
    target: Pick<AuthorizerDefinition, 'functionName' | 'qualifier'>,
    event: unknown,
  ): Promise<FunctionAnswer>;
  /** The JSON Web Key Set; undefined where signatures are not to be checked. */
  keySet(): Promise<unknown>;
  /** Who has signed the request, with keys of this engine. */
  signer(): { readonly caller: IamCaller } | { readonly problem: string; readonly isUnsigned: boolean };
}

export type RouteQuestion = Omit<AuthorizerQuestion, 'authorizer' | 'identity'> & {
  readonly authorizers: readonly AuthorizerDefinition[];
};

/** Decides, as API Gateway does, whether a request reaches its route. */
export async function authorize(question: RouteQuestion, ports: AuthorizePorts): Promise<Authorization> {
  const { api, context, authorizers } = question;
  const { authorization } = context.route;
  const denied = (denial: Denial, problem: string, isJwt = false): Authorization => ({
    kind: 'denied',
    reply: denialReply(api, denial, isJwt),
    problem,
  });
  switch (authorization.kind) {
    case 'none':
      return { kind: 'granted', grant: { kind: 'open' } };
    case 'iam': {
      const signer = ports.signer();
      if ('caller' in signer) return { kind: 'granted', grant: { kind: 'iam', caller: signer.caller } };
      return denied(signer.isUnsigned ? 'unsigned' : 'implicitlyDenied', signer.problem);
    }
    case 'authorizer': {
      const { name } = authorization;
      const authorizer = authorizers.find(each => each.name === name || each.logicalId === name);
      if (!authorizer) return denied('authorizerFailed', `there is no authorizer ${name}`);
      const identity = identityValues(sourcesOf(authorizer), identityRequest(question));
      if (authorizer.kind === 'jwt' || authorizer.kind === 'cognito') {
        const check = authorizer.kind === 'jwt' ? checkJwt : checkCognito;
        const verdict = check({
          token: identity?.[0],
          authorizer,
          authorization,
          now: ports.clock.now(),
          keySet: await ports.keySet(),
        });
        return verdict.kind === 'granted' ? verdict : denied(verdict.kind, verdict.problem, true);
      }
      if (!identity)
        return denied('unauthorized', `what the authorizer ${name} identifies a caller by is missing`);
      const pattern = authorizer.identityValidation;
      if (authorizer.kind === 'token' && pattern !== undefined && !isLike(pattern, identity[0] ?? '')) {
        return denied('unauthorized', `the token does not match ${pattern}`);
      }
      const verdict = await askFunction({ ...question, authorizer, identity }, ports);
      return verdict.kind === 'granted' ? verdict : denied(verdict.denial, verdict.problem);
    }
  }
}

type FunctionVerdict =
  | { readonly kind: 'granted'; readonly grant: Grant }
  | { readonly kind: 'denied'; readonly denial: Denial; readonly problem: string };

async function askFunction(question: AuthorizerQuestion, ports: AuthorizePorts): Promise<FunctionVerdict> {
  const { authorizer, identity, api, context } = question;
  const key = JSON.stringify([context.apiId, context.stage, authorizer.name, identity]);
  const known = ports.cache.get(key);
  if (known) return verdictOf(known, question, 0);
  const startedAt = ports.clock.monotonic();
  const answer = await ports.invoke(authorizer, authorizerEvent(question));
  if (answer.kind !== 'payload') return failed(answer, authorizer.name);
  const payload = parseJson(answer.payload);
  if (api === 'httpApi' && isUnauthorized(payload)) {
    return { kind: 'denied', denial: 'unauthorized', problem: `the authorizer ${authorizer.name} says so` };
  }
  const read = readAuthorizerAnswer(payload, { api, simple: authorizer.simpleResponses ?? false });
  const seconds = authorizer.cacheSeconds ?? (api === 'restApi' ? 300 : 0);
  if (seconds > 0 && identity.length > 0 && read.kind !== 'malformed') ports.cache.set(key, read, seconds);
  return verdictOf(read, question, ports.clock.monotonic() - startedAt);
}

function verdictOf(
  answer: AuthorizerAnswer,
  { authorizer, context }: AuthorizerQuestion,
  latencyMs: number,
): FunctionVerdict {
  const by = `the authorizer ${authorizer.name}`;
  if (answer.kind === 'malformed') {
    return {
      kind: 'denied',
      denial: 'authorizerFailed',
      problem: `${by} cannot be understood: ${answer.problem}`,
    };
  }
  const grant: Grant = {
    kind: 'lambda',
    ...(answer.kind === 'policy' && answer.principalId !== undefined
      ? { principalId: answer.principalId }
      : {}),
    context: answer.context,
    latencyMs,
  };
  const { request } = context;
  const conditions = {
    sourceIp: request.sourceIp,
    userAgent: headerOf(request.headers, 'user-agent'),
    referer: headerOf(request.headers, 'referer'),
    now: request.receivedAt,
  };
  const decision =
    answer.kind === 'policy' ? decide(answer.policyDocument, methodArn(context), conditions) : undefined;
  const isAllowed = answer.kind === 'simple' ? answer.isAuthorized : decision === 'allowed';
  if (isAllowed) return { kind: 'granted', grant };
  const arn = methodArn(context);
  return decision === 'implicitlyDenied'
    ? { kind: 'denied', denial: decision, problem: `the policy of ${by} does not speak of ${arn}` }
    : { kind: 'denied', denial: 'explicitlyDenied', problem: `${by} denies it` };
}

/** An error with this one message is an answer. */
function failed(answer: Exclude<FunctionAnswer, { kind: 'payload' }>, name: string): FunctionVerdict {
  if (answer.kind === 'functionError' && isUnauthorized(parseJson(answer.payload))) {
    return { kind: 'denied', denial: 'unauthorized', problem: `the authorizer ${name} says so` };
  }
  return {
    kind: 'denied',
    denial: 'authorizerFailed',
    problem: `of the authorizer ${name}: ${failureOf(answer)}`,
  };
}

function isUnauthorized(payload: unknown): boolean {
  return isObject(payload) && payload.errorMessage === 'Unauthorized';
}

function sourcesOf({ identitySources, kind }: AuthorizerDefinition): readonly string[] {
  if (identitySources.length > 0) return identitySources;
  return kind === 'request' ? [] : ['$request.header.Authorization'];
}

function identityRequest({ context, routeKey }: RouteQuestion): IdentityRequest {
  const { request, stage, stageVariables, route } = context;
  return { request, stage, stageVariables, routeKey, resourcePath: route.path };
}

/** The whole token has to match. */
function isLike(pattern: string, token: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`).test(token);
  } catch {
    return false;
  }
}
