import { createHash } from 'node:crypto';
import type { Clock } from '../../../shared/clock.ts';
import type { HttpReply, HttpRequest } from '../../api/http.ts';
import { errorInProtocolOf } from '../../api/otherServices.ts';
import { frontError, unsupported } from '../../api/serviceErrors.ts';
import type { CredentialIssuer, Principal } from '../../ports.ts';
import type { Home } from '../front/front.ts';

export interface SecurityTokenParts {
  readonly home: Pick<Home, 'accountId'>;
  readonly credentials: Pick<CredentialIssuer, 'issue'>;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * Answers STS: who a caller is, and credentials for another role. Whether the role may be assumed is not
 * asked.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_Operations.html
 */
export function answerSecurityTokens(
  request: HttpRequest,
  requestId: string,
  principal: Principal,
  parts: SecurityTokenParts,
): HttpReply {
  const form = new URLSearchParams(new TextDecoder().decode(request.body));
  const refuse = (name: string, message: string) =>
    errorInProtocolOf('sts', request, frontError(name, 400, message), requestId);
  const action = form.get('Action') ?? '';
  switch (action) {
    case 'GetCallerIdentity':
      return answer(action, requestId, callerIdentity(principal, parts.home.accountId));
    case 'AssumeRole': {
      const roleArn = form.get('RoleArn') ?? '';
      const sessionName = form.get('RoleSessionName') ?? '';
      const seconds = Number(form.get('DurationSeconds') ?? 3600);
      if (!/^arn:aws[a-z-]*:iam::\d{12}:role\/\S+$/.test(roleArn)) {
        return refuse('ValidationError', `${roleArn} is invalid`);
      }
      if (!/^[\w+=,.@-]{2,64}$/.test(sessionName)) {
        return refuse(
          'ValidationError',
          "1 validation error detected: Value at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*, and have a length between 2 and 64",
        );
      }
      if (!Number.isInteger(seconds) || seconds < 900 || seconds > 43_200) {
        return refuse(
          'ValidationError',
          "1 validation error detected: Value at 'durationSeconds' failed to satisfy constraint: Member must have value between 900 and 43200",
        );
      }
      const role = {
        kind: 'role',
        roleArn,
        sessionName,
        issuedTo: principal.kind === 'role' ? principal.issuedTo : principal,
      } as const;
      const expiresAt = parts.clock.now() + seconds * 1000;
      const issued = parts.credentials.issue(role, expiresAt);
      const { Arn, UserId } = callerIdentity(role, parts.home.accountId);
      return answer(action, requestId, {
        Credentials: {
          AccessKeyId: issued.accessKeyId,
          SecretAccessKey: issued.secretAccessKey,
          SessionToken: issued.sessionToken ?? '',
          Expiration: new Date(expiresAt).toISOString(),
        },
        AssumedRoleUser: { AssumedRoleId: UserId, Arn },
      });
    }
    default:
      return errorInProtocolOf(
        'sts',
        request,
        unsupported(`sts:${action}`, 'is an operation that Lambda Lens does not answer.'),
        requestId,
      );
  }
}

interface Tree {
  readonly [name: string]: string | Tree;
}

function callerIdentity(principal: Principal, accountId: string) {
  if (principal.kind === 'user') {
    return {
      Arn: `arn:aws:iam::${accountId}:user/lambda-lens`,
      UserId: uniqueId('AIDA', 'lambda-lens'),
      Account: accountId,
    };
  }
  const [, account = accountId, path = ''] =
    /^arn:[^:]+:iam::(\d+):role\/(.+)$/.exec(principal.roleArn) ?? [];
  const role = path.slice(path.lastIndexOf('/') + 1);
  const session =
    principal.kind === 'role' ? principal.sessionName : environmentSession(principal.functionName);
  return {
    Arn: `arn:aws:sts::${account}:assumed-role/${role}/${session}`,
    UserId: `${uniqueId('AROA', principal.roleArn)}:${session}`,
    Account: account,
  };
}

/** STS wants two characters, which a function's name need not have. */
function environmentSession(functionName: string): string {
  return functionName.length === 1 ? `${functionName}@lambda_function` : functionName;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids */
function uniqueId(prefix: string, of: string): string {
  return prefix + createHash('sha256').update(of).digest('hex').slice(0, 17).toUpperCase();
}

function answer(action: string, requestId: string, result: Tree): HttpReply {
  const body = xml({
    [`${action}Result`]: result,
    ResponseMetadata: { RequestId: requestId },
  });
  return {
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body: `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${body}</${action}Response>`,
  };
}

function xml(tree: Tree): string {
  return Object.entries(tree)
    .map(([name, value]) => `<${name}>${typeof value === 'string' ? escapeXml(value) : xml(value)}</${name}>`)
    .join('');
}

function escapeXml(text: string): string {
  return text.replace(/[<>&]/g, character => `&#${character.charCodeAt(0)};`);
}
