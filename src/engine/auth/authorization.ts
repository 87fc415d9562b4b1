import type { HttpHead } from '../api/http.ts';
import { frontError } from '../api/serviceErrors.ts';
import type { ServiceError } from '../invoke/invocation.ts';

/** What the `Authorization` header of a SigV4 request says; nothing of it is verified yet. */
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
}

export type ParsedAuthorization =
  | { readonly kind: 'claimed'; readonly claim: SignatureClaim }
  | { readonly kind: 'refused'; readonly error: ServiceError };

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html */
export function parseAuthorization(head: Pick<HttpHead, 'headers' | 'query'>): ParsedAuthorization {
  const header = head.headers.authorization;
  if (header === undefined) {
    return head.query['X-Amz-Signature'] === undefined
      ? refused('MissingAuthenticationTokenException', 'Missing Authentication Token')
      : incomplete('Presigned URLs are not answered; sign the request in its Authorization header.');
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
  const credential = credentialPattern.exec(fields.get('Credential') ?? '')?.groups;
  if (!credential) {
    return incomplete(
      'Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term.',
    );
  }
  const amzDate = head.headers['x-amz-date'] ?? '';
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
      signedHeaders: (fields.get('SignedHeaders') ?? '').split(';'),
      signature: fields.get('Signature') ?? '',
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
