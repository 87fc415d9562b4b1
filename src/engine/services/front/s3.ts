import type { HttpHead, HttpRequest } from '../../api/http.ts';
import { unsupported } from '../../api/serviceErrors.ts';
import { type Front, passed, refused } from './front.ts';

/**
 * Parts of buckets and objects that a query names and fauxqs does not know: it would take the request for one
 * of the bucket or the object itself, and `PUT /bucket?notification` for a new bucket.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
 */
const unknownParts: readonly string[] = [
  'accelerate',
  'acl',
  'analytics',
  'cors',
  'encryption',
  'intelligent-tiering',
  'inventory',
  'legal-hold',
  'location',
  'logging',
  'metadataTable',
  'metrics',
  'notification',
  'object-lock',
  'ownershipControls',
  'policy',
  'policyStatus',
  'publicAccessBlock',
  'replication',
  'requestPayment',
  'restore',
  'retention',
  'select',
  'session',
  'tagging',
  'torrent',
  'versionId',
  'versioning',
  'versions',
  'website',
];

/** What an upload asks for and fauxqs would forget. */
const unknownHeaders: readonly string[] = [
  'x-amz-object-lock-legal-hold',
  'x-amz-object-lock-mode',
  'x-amz-tagging',
  'x-amz-website-redirect-location',
];

/** Passes requests on unless fauxqs would take them for others. */
export const s3Front: Front = request => {
  const part = unknownParts.find(name => request.query[name] !== undefined) ?? unknownListing(request);
  if (part !== undefined) {
    return refused(
      unsupported(
        `s3:${part}`,
        `cannot be honoured (${request.method} ${request.path}): the embedded S3 (fauxqs) has buckets and objects, without versions, tags, policies, notifications and the like.`,
      ),
    );
  }
  const header = unknownHeaders.find(name => request.headers[name] !== undefined);
  return header === undefined
    ? passed(withSlash(request))
    : refused(
        unsupported(
          `s3:${header}`,
          'is a header that the embedded S3 (fauxqs) would not honour. Leave it out.',
        ),
      );
};

/** Without the slash fauxqs would take the bucket `health` for its own page of that name. */
function withSlash(request: HttpRequest): HttpRequest {
  return /^\/[^/]+$/.test(request.path) ? { ...request, path: `${request.path}/` } : request;
}

/** ListMultipartUploads and ListParts, which would be taken for ListObjects and GetObject. */
function unknownListing({ method, query }: HttpHead): string | undefined {
  if (method !== 'GET') return undefined;
  if (query.uploads !== undefined) return 'ListMultipartUploads';
  return query.uploadId === undefined ? undefined : 'ListParts';
}
