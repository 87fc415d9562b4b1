import { hash } from 'node:crypto';
import type { Ids } from '../ports.ts';

/**
 * The `X-Amzn-Trace-Id` that a function sees: the caller's trace where there is one, with a segment of its own
 * as the parent, and with how often each function has been run in the chain of calls that leads here. SDKs pass it on.
 *
 * https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader
 *
 * @param caller the header of the request, if it had one
 * @param now epoch milliseconds
 */
export function traceHeaderFor(
  caller: string | undefined,
  functionName: string,
  now: number,
  ids: Pick<Ids, 'hex'>,
): string {
  const fields = fieldsOf(caller);
  const given = fields.get('Root') ?? '';
  const root = /^1-[0-9a-f]{8}-[0-9a-f]{24}$/.test(given)
    ? given
    : `1-${Math.floor(now / 1000)
        .toString(16)
        .padStart(8, '0')}-${ids.hex(12)}`;
  const lineage = lineageOf(fields);
  const key = keyOf(functionName);
  lineage.set(key, (lineage.get(key) ?? 0) + 1);
  const counts = [...lineage].map(([name, count]) => `${name}:${count}`).join('|');
  return `Root=${root};Parent=${ids.hex(8)};Sampled=${fields.get('Sampled') === '1' ? '1' : '0'};Lineage=${counts}`;
}

/** How often a function has been run already in the chain of calls that a header is of. */
export function runsInChain(header: string | undefined, functionName: string): number {
  return header === undefined ? 0 : (lineageOf(fieldsOf(header)).get(keyOf(functionName)) ?? 0);
}

function fieldsOf(header = ''): ReadonlyMap<string, string> {
  return new Map(
    header.split(';').map(field => {
      const at = field.indexOf('=');
      return [field.slice(0, at).trim(), field.slice(at + 1).trim()] as const;
    }),
  );
}

function lineageOf(fields: ReadonlyMap<string, string>): Map<string, number> {
  const counts = (fields.get('Lineage') ?? '').matchAll(/([0-9a-f]{8}):(\d{1,5})(?=\||$)/g);
  return new Map([...counts].map(([, key = '', count]) => [key, Number(count)]));
}

/** Eight digits stand for a function. */
function keyOf(functionName: string): string {
  const known = keys.get(functionName);
  if (known !== undefined) return known;
  const key = hash('sha256', functionName).slice(0, 8);
  keys.set(functionName, key);
  return key;
}

const keys = new Map<string, string>();
