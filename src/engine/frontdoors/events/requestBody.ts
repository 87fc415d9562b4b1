import { type GatewayRequest, headerOf } from '../gatewayRequest.ts';

export interface EventBody {
  readonly body: string | undefined;
  readonly isBase64Encoded: boolean;
}

/**
 * REST APIs hand on as Base64 what their binary media types name.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html
 */
export function restBody(
  request: Pick<GatewayRequest, 'body' | 'headers'>,
  binaryMediaTypes: readonly string[],
): EventBody {
  const type = headerOf(request.headers, 'content-type');
  return eventBody(request.body, isBinaryType(type, binaryMediaTypes));
}

/**
 * HTTP APIs and function URLs hand on as Base64 whatever does not say that it is text; forms are not text to them.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function httpBody({ body, headers }: Pick<GatewayRequest, 'body' | 'headers'>): EventBody {
  const type = mediaType(headerOf(headers, 'content-type') ?? '');
  const isText = /^(?:text\/.*|application\/(?:.*\+)?(?:json|xml|javascript))$/.test(type);
  const isEncoded = !/^(?:identity)?$/.test(headerOf(headers, 'content-encoding') ?? '');
  return eventBody(body, !isText || isEncoded);
}

/** Whether a content type is one of an API's binary media types, which may have `*` for either part or both. */
export function isBinaryType(type: string | undefined, binaryMediaTypes: readonly string[]): boolean {
  const [given = '', givenSub = ''] = mediaType(type ?? '').split('/');
  return binaryMediaTypes.some(binary => {
    const [wanted = '', wantedSub = ''] = mediaType(binary).split('/');
    if (wanted === '*' && wantedSub === '*') return true;
    return wanted === given && (wantedSub === '*' || wantedSub === givenSub);
  });
}

function eventBody(body: Uint8Array, isBinary: boolean): EventBody {
  if (body.length === 0) return { body: undefined, isBase64Encoded: false };
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  return { body: bytes.toString(isBinary ? 'base64' : 'utf8'), isBase64Encoded: isBinary };
}

function mediaType(type: string): string {
  return (type.split(';')[0] ?? '').trim().toLowerCase();
}
