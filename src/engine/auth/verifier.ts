import { hash, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../shared/clock.ts';
import type { HttpRequest } from '../api/http.ts';
import { frontError } from '../api/serviceErrors.ts';
import type { ServiceError } from '../invoke/invocation.ts';
import type { Credentials, Principal } from '../ports.ts';
import { formatAmzDate, type SignatureClaim } from './authorization.ts';
import type { CredentialStore } from './credentialStore.ts';
import { withoutSignature } from './presigned.ts';
import { signatureOf, signingKey } from './signature.ts';

export type Verification =
  | { readonly kind: 'verified'; readonly principal: Principal }
  | { readonly kind: 'refused'; readonly error: ServiceError };

export interface Verifier {
  verify(request: HttpRequest, claim: SignatureClaim): Verification;
}

/**
 * Recomputes the signature of a request with the secret of the key that it names.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 *
 * @param region of the engine; the other services' clients may name any.
 */
export function createVerifier(
  credentials: Pick<CredentialStore, 'find'>,
  clock: Pick<Clock, 'now'>,
  region: string,
): Verifier {
  const keys = createKeyCache();
  return {
    verify(request, claim) {
      const issued = credentials.find(claim.accessKeyId);
      const { presigned } = claim;
      const token = presigned ? presigned.sessionToken : request.headers['x-amz-security-token'];
      if (!issued || !equal(token ?? '', issued.credentials.sessionToken ?? '')) {
        return refused(
          'UnrecognizedClientException',
          'The security token included in the request is invalid.',
        );
      }
      if (issued.expiresAt !== undefined && issued.expiresAt <= clock.now()) {
        return refused('ExpiredTokenException', 'The security token included in the request is expired');
      }
      if (presigned && presigned.expiresAt <= clock.now())
        return refused('AccessDenied', 'Request has expired');
      const problem =
        scopeProblem(claim, region) ??
        skewProblem(claim, clock.now()) ??
        signatureProblem(
          presigned ? withoutSignature(request) : request,
          claim,
          keys.get(issued.credentials, claim),
        );
      return problem === undefined
        ? { kind: 'verified', principal: issued.principal }
        : refused('InvalidSignatureException', problem);
    },
  };
}

const mismatch =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';

/** How far a request's clock may be from ours, in minutes. */
const maxSkewMinutes = 15;

function scopeProblem(claim: SignatureClaim, region: string): string | undefined {
  const { scope } = claim;
  const date = claim.amzDate.slice(0, 8);
  if (scope.date !== date) {
    return `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${scope.date}' != '${date}'.`;
  }
  if (scope.service === 'lambda' && scope.region !== region) {
    return `Credential should be scoped to a valid region, not '${scope.region}': this engine serves '${region}'.`;
  }
  return undefined;
}

function skewProblem({ signedAt, presigned }: SignatureClaim, now: number): string | undefined {
  const limit = maxSkewMinutes * 60_000;
  if (signedAt < now - limit && !presigned) {
    return `Signature expired: ${formatAmzDate(signedAt)} is now earlier than ${formatAmzDate(now - limit)} (${formatAmzDate(now)} - ${maxSkewMinutes} min.)`;
  }
  if (signedAt > now + limit) {
    return `Signature not yet current: ${formatAmzDate(signedAt)} is still later than ${formatAmzDate(now + limit)} (${formatAmzDate(now)} + ${maxSkewMinutes} min.)`;
  }
  return undefined;
}

function signatureProblem(request: HttpRequest, claim: SignatureClaim, key: KeyObject): string | undefined {
  // Over HTTP/2 the authority stands for it.
  if (!claim.signedHeaders.includes('host') && !claim.signedHeaders.includes(':authority'))
    return "'Host' must be a 'SignedHeader' in the AWS Authorization.";
  if (!isPayloadHashHonest(request, claim)) return mismatch;
  const expected = signatureOf(request, claim, key);
  return expected !== undefined && equal(expected, claim.signature) ? undefined : mismatch;
}

/** A key serves a whole day; there are few of them, one for each caller and service. */
function createKeyCache() {
  const keys = new Map<string, KeyObject>();
  return {
    get({ accessKeyId, secretAccessKey }: Credentials, { scope }: SignatureClaim): KeyObject {
      const name = `${accessKeyId}/${scope.date}/${scope.region}/${scope.service}`;
      const known = keys.get(name);
      if (known !== undefined) return known;
      if (keys.size >= maxKeys) keys.clear();
      const key = signingKey(secretAccessKey, scope);
      keys.set(name, key);
      return key;
    },
  };
}

const maxKeys = 1000;

/**
 * A signed `X-Amz-Content-Sha256` stands for the body, so it must be the body's; only S3 takes the words that
 * say that it is not. https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
function isPayloadHashHonest(request: HttpRequest, claim: SignatureClaim): boolean {
  const stated = request.headers['x-amz-content-sha256'];
  if (stated === undefined || !claim.signedHeaders.includes('x-amz-content-sha256')) return true;
  if (claim.scope.service === 's3' && /^(?:UNSIGNED-PAYLOAD|STREAMING-[A-Z0-9-]+)$/.test(stated)) return true;
  // Nobody learns from the time this takes: both sides are the caller's own.
  return stated === hash('sha256', request.body);
}

/** In a time that does not tell where two texts differ. */
function equal(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

function refused(name: string, message: string): Verification {
  return { kind: 'refused', error: frontError(name, 403, message) };
}
