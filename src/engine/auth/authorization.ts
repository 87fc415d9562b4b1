import { type HttpHead, queryValue } from '../api/http.ts';
import { frontError } from '../api/serviceErrors.ts';
import type { ServiceError } from '../invoke/invocation.ts';
import { type Presigned, presignedParts } from './presigned.ts';

/** What the `Authorization` header of a SigV4 request says, or its URL; nothing of it is verified yet. */
export interface SignatureClaim {
  readonly accessKeyId: string;
  readonly scope: {
    /** YYYYMMDD */
    readonly date: string;
    readonly region: string;
    /** The signing name, for example `lambda`. */
    readonly service: string;
  };
  /** Lower case. */
  readonly signedHeaders: readonly string[];
  /** Hexadecimal. */
  readonly signature: string;
  /** The value of `X-Amz-Date`, for example `20261123T101500Z`. */
  readonly amzDate: string;
  /** The same in epoch milliseconds. */
  readonly signedAt: number;
  /** Present where the URL is signed. */
  readonly presigned?: Presigned;
}

export type ParsedAuthorization =
  | { readonly kind: 'claimed'; readonly claim: SignatureClaim }
  | { readonly kind: 'refused'; readonly error: ServiceError };

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html */
export function parseAuthorization(head: Pick<HttpHead, 'headers' | 'query'>): ParsedAuthorization {
  const header = head.headers.authorization;
  if (header === undefined) {
    if (head.query['X-Amz-Signature'] !== undefined) return parsePresigned(head);
    return head.query.AWSAccessKeyId === undefined
      ? refused('MissingAuthenticationTokenException', 'Missing Authentication Token')
      : incomplete(
          "Presigned URLs of Signature Version 2 are not answered; with boto3, make them with the client configuration signature_version='s3v4'.",
        );
  }
  if (!header.startsWith(`${algorithm} `)) {
    return incomplete(`Authorization header requires the algorithm ${algorithm}.`);
  }
  const fields = new Map(
    header
      .slice(algorithm.length)
      .split(',')
      .map(field => {
        const equals = field.indexOf('=');
        return [field.slice(0, equals).trim(), field.slice(equals + 1).trim()] as const;
      }),
  );
  const missing = ['Credential', 'SignedHeaders', 'Signature'].filter(name => !fields.get(name));
  if (missing.length > 0) {
    return incomplete(missing.map(name => `Authorization header requires '${name}' parameter.`).join(' '));
  }
  return parseClaim(
    fields.get('Credential') ?? '',
    fields.get('SignedHeaders') ?? '',
    fields.get('Signature') ?? '',
    head.headers['x-amz-date'] ?? '',
  );
}

/** Of the services only S3 has URLs that people are given. */
function parsePresigned(head: Pick<HttpHead, 'query'>): ParsedAuthorization {
  const value = (name: string) => queryValue(head, name) ?? '';
  const parsed = parseClaim(
    value('X-Amz-Credential'),
    value('X-Amz-SignedHeaders'),
    value('X-Amz-Signature'),
    value('X-Amz-Date'),
  );
  if (parsed.kind === 'refused') return parsed;
  const { claim } = parsed;
  if (claim.scope.service !== 's3') {
    return incomplete(
      `Presigned URLs are not answered for ${claim.scope.service}; sign the request in its Authorization header.`,
    );
  }
  const presigned = presignedParts(head, claim.signedAt);
  return presigned
    ? { kind: 'claimed', claim: { ...claim, presigned } }
    : incomplete('X-Amz-Expires must be a number of seconds between 1 and 604800.');
}

function parseClaim(
  credentialText: string,
  signedHeaders: string,
  signature: string,
  amzDate: string,
): ParsedAuthorization {
  const credential = credentialPattern.exec(credentialText)?.groups;
  if (!credential) {
    return incomplete(
      'Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term.',
    );
  }
  const signedAt = parseAmzDate(amzDate);
  if (signedAt === undefined) {
    return incomplete(
      "Authorization header requires existence of 'X-Amz-Date' header in the form YYYYMMDDTHHMMSSZ.",
    );
  }
  const { key = '', date = '', region = '', service = '' } = credential;
  return {
    kind: 'claimed',
    claim: {
      accessKeyId: key,
      scope: { date, region, service },
      signedHeaders: signedHeaders.split(';'),
      signature,
      amzDate,
      signedAt,
    },
  };
}

/** Epoch milliseconds as `X-Amz-Date` writes them, for example `20261123T101500Z`. */
export function formatAmzDate(at: number): string {
  return new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

const algorithm = 'AWS4-HMAC-SHA256';
const credentialPattern =
  /^(?<key>[A-Za-z0-9]+)\/(?<date>\d{8})\/(?<region>[a-z0-9-]+)\/(?<service>[a-z0-9-]+)\/aws4_request$/;

function parseAmzDate(text: string): number | undefined {
  const parts = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(text);
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(at) ? undefined : at;
}

function incomplete(message: string): ParsedAuthorization {
  return refused('IncompleteSignatureException', message);
}

function refused(name: string, message: string): ParsedAuthorization {
  return { kind: 'refused', error: frontError(name, 403, message) };
}
