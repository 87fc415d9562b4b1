import { invalid, type Refused } from '../../versions/errors.ts';

/** Says where the next page begins, in a form that callers only hand back. */
export function writeMarker(position: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** @returns undefined for the first page. */
export function readMarker(
  marker: string | undefined,
): { readonly kind: 'read'; readonly position?: readonly (string | number)[] } | Refused {
  if (marker === undefined || marker === '') return { kind: 'read' };
  try {
    const position: unknown = JSON.parse(Buffer.from(marker, 'base64url').toString('utf8'));
    if (Array.isArray(position)) return { kind: 'read', position };
  } catch {
    // Said below.
  }
  return invalid('Invalid value for Marker: it is none that this operation has given out.');
}

/**
 * A page of what is there as a whole.
 *
 * @param keyOf tells the elements apart and keeps their order
 */
export function pageOf<T>(
  elements: readonly T[],
  { marker, maxItems }: { readonly marker?: string | undefined; readonly maxItems?: number | undefined },
  keyOf: (element: T) => string,
  limit = 50,
): { readonly kind: 'page'; readonly elements: readonly T[]; readonly next?: string } | Refused {
  const read = readMarker(marker);
  if (read.kind === 'failed') return read;
  const after = read.position === undefined ? undefined : String(read.position[0]);
  const rest = after === undefined ? elements : elements.filter(element => keyOf(element) > after);
  const page = rest.slice(0, Math.min(maxItems ?? limit, limit));
  const last = page.at(-1);
  return {
    kind: 'page',
    elements: page,
    ...(last !== undefined && page.length < rest.length ? { next: writeMarker([keyOf(last)]) } : {}),
  };
}
