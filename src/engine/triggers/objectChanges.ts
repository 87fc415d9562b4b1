import type { HttpRequest } from '../api/http.ts';

/** What a request has done to an object, once it has succeeded. */
export interface ObjectChange {
  readonly bucket: string;
  readonly key: string;
  readonly eventName:
    | 'ObjectCreated:Put'
    | 'ObjectCreated:Copy'
    | 'ObjectCreated:CompleteMultipartUpload'
    | 'ObjectRemoved:Delete';
}

/**
 * Which objects a request to S3 creates or removes.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html
 */
export function objectChanges(request: HttpRequest): readonly ObjectChange[] {
  const { method, query } = request;
  const [bucket = '', ...rest] = request.path.slice(1).split('/');
  const key = decodeURIComponent(rest.join('/'));
  const change = (eventName: ObjectChange['eventName'], of = key) => ({ bucket, key: of, eventName });
  if (key === '') {
    return method === 'POST' && query.delete !== undefined
      ? keysIn(new TextDecoder().decode(request.body)).map(each => change('ObjectRemoved:Delete', each))
      : [];
  }
  if (method === 'POST' && query.uploadId !== undefined) {
    return [change('ObjectCreated:CompleteMultipartUpload')];
  }
  // A part of an upload, or the end of one, changes no object.
  if (query.uploadId !== undefined) return [];
  if (method === 'DELETE') return [change('ObjectRemoved:Delete')];
  if (method !== 'PUT') return [];
  return [
    change(request.headers['x-amz-copy-source'] === undefined ? 'ObjectCreated:Put' : 'ObjectCreated:Copy'),
  ];
}

/** The keys of a DeleteObjects request, which has no other elements of that name. */
function keysIn(xml: string): readonly string[] {
  return [...xml.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, text = '']) => unescaped(text));
}

function unescaped(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hexadecimal, name) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hexadecimal !== undefined) return String.fromCodePoint(Number.parseInt(hexadecimal, 16));
    return named[name] ?? whole;
  });
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
