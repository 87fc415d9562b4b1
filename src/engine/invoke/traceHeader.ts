import type { Ids } from '../ports.ts';

/**
 * The `X-Amzn-Trace-Id` that a function sees: the caller's trace where there is one, with a segment of its own
 * as the parent.
 *
 * https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader
 *
 * @param caller the header of the request, if it had one
 * @param now epoch milliseconds
 */
export function traceHeaderFor(caller: string | undefined, now: number, ids: Pick<Ids, 'hex'>): string {
  const fields = new Map(
    (caller ?? '').split(';').map(field => {
      const at = field.indexOf('=');
      return [field.slice(0, at).trim(), field.slice(at + 1).trim()] as const;
    }),
  );
  const given = fields.get('Root') ?? '';
  const root = /^1-[0-9a-f]{8}-[0-9a-f]{24}$/.test(given)
    ? given
    : `1-${Math.floor(now / 1000)
        .toString(16)
        .padStart(8, '0')}-${ids.hex(12)}`;
  return `Root=${root};Parent=${ids.hex(8)};Sampled=${fields.get('Sampled') === '1' ? '1' : '0'}`;
}
