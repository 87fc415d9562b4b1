import { type HttpHead, type HttpRequest, queryValue } from '../api/http.ts';

/** What only a request has that is signed in its URL. */
export interface Presigned {
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  readonly sessionToken?: string;
}

/**
 * The parts of a presigned URL as the `Authorization` header and the headers beside it would have them.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 *
 * @returns undefined when it has no valid lifetime, which is at most a week.
 */
export function presignedParts(head: Pick<HttpHead, 'query'>, signedAt: number): Presigned | undefined {
  const seconds = Number(queryValue(head, 'X-Amz-Expires') ?? Number.NaN);
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > 604_800) return undefined;
  const sessionToken = queryValue(head, 'X-Amz-Security-Token');
  return {
    expiresAt: signedAt + seconds * 1000,
    ...(sessionToken === undefined ? {} : { sessionToken }),
  };
}

/** The request as it was signed: the signature came last. */
export function withoutSignature(request: HttpRequest): HttpRequest {
  const { 'X-Amz-Signature': _signature, ...query } = request.query;
  return { ...request, query };
}
