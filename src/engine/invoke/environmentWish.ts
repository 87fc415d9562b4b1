import type { EnvironmentWish } from '../../model/environmentWish.ts';

/** Reads the header of an Invoke request that carries a wish. Undefined where it says something else. */
export function parseEnvironmentWish(header: string): EnvironmentWish | undefined {
  const { kind, client, port = 0 } = read(header);
  if (kind === 'fresh') return { kind };
  if (kind !== 'debug' || typeof client !== 'string') return undefined;
  if (typeof port !== 'number' || !Number.isInteger(port) || port < 0 || port > 65_535) return undefined;
  return { kind, client, port };
}

function read(header: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(header);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}
