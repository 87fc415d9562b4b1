import { type HttpRequest, queryValue } from './http.ts';

/**
 * The operation that a request to any AWS service asks for, from what the protocols carry: a target header
 * (awsJson), a path (rpcv2Cbor), an `Action` (awsQuery, ec2Query), or the hint that newer SDKs add to REST
 * requests. Where there is none of these: method and path.
 */
export function actionOf(request: HttpRequest): string {
  const target = request.headers['x-amz-target'];
  if (target) return target.slice(target.lastIndexOf('.') + 1);
  const rpc = /^\/service\/[^/]+\/operation\/([^/]+)$/.exec(request.path)?.[1];
  if (rpc) return rpc;
  const named = queryValue(request, 'Action') ?? queryValue(request, 'x-id') ?? formAction(request);
  return named ?? `${request.method} ${request.path}`;
}

function formAction(request: HttpRequest): string | undefined {
  if (!request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) return undefined;
  const start = Buffer.from(request.body.subarray(0, 65_536)).toString('latin1');
  return /(?:^|&)Action=([A-Za-z0-9]+)/.exec(start)?.[1];
}
