export const telemetryTypes = ['platform', 'function', 'extension'] as const;
export type TelemetryType = (typeof telemetryTypes)[number];

/** What an extension wants to be told, and where. */
export interface Subscription {
  /** The Logs API is the older one, with names of its own for some events. */
  readonly api: 'telemetry' | 'logs';
  readonly types: readonly TelemetryType[];
  /** Of a server within the environment. */
  readonly port: number;
  readonly path: string;
  readonly buffering: Buffering;
}

export interface Buffering {
  readonly maxItems: number;
  readonly maxBytes: number;
  readonly timeoutMs: number;
}

const versions = {
  telemetry: ['2022-07-01', '2022-12-13', '2025-01-29'],
  logs: ['2020-08-15', '2021-03-18'],
} as const;

/** https://docs.aws.amazon.com/lambda/latest/dg/telemetry-api-reference.html */
const limits: Readonly<Record<keyof Buffering, readonly [least: number, otherwise: number, most: number]>> = {
  maxItems: [1_000, 10_000, 10_000],
  maxBytes: [262_144, 262_144, 1_048_576],
  timeoutMs: [25, 1_000, 30_000],
};

export function parseSubscription(
  json: string,
  api: Subscription['api'],
): Subscription | { readonly problem: string } {
  const given = objectOf(json);
  if (given === undefined) return { problem: 'The body is no JSON object' };
  const { schemaVersion = versions[api][0], types, destination, buffering = {} } = given;
  if (!(versions[api] as readonly unknown[]).includes(schemaVersion)) {
    return { problem: `schemaVersion must be one of ${versions[api].join(', ')}` };
  }
  if (!isTypes(types)) return { problem: `types must be a list of ${telemetryTypes.join(', ')}` };
  const target = destinationOf(destination);
  if ('problem' in target) return target;
  if (typeof buffering !== 'object' || buffering === null) return { problem: 'buffering must be an object' };
  const values: Record<string, number> = {};
  for (const [name, [least, otherwise, most]] of Object.entries(limits)) {
    const value = (buffering as Readonly<Record<string, unknown>>)[name] ?? otherwise;
    if (typeof value !== 'number' || value < least || value > most) {
      return { problem: `buffering.${name} must be between ${least} and ${most}` };
    }
    values[name] = value;
  }
  return { api, types, ...target, buffering: values as unknown as Buffering };
}

function objectOf(json: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function isTypes(given: unknown): given is readonly TelemetryType[] {
  return (
    Array.isArray(given) &&
    given.length > 0 &&
    given.every(type => (telemetryTypes as readonly unknown[]).includes(type))
  );
}

function destinationOf(
  given: unknown,
): { readonly port: number; readonly path: string } | { readonly problem: string } {
  const { protocol, URI } = (given ?? {}) as { readonly protocol?: unknown; readonly URI?: unknown };
  if (protocol === 'TCP') {
    return { problem: 'UnsupportedByLambdaLens: destination.protocol=TCP. Use HTTP.' };
  }
  if (protocol !== 'HTTP') return { problem: 'destination.protocol must be HTTP' };
  const url = typeof URI === 'string' && URL.canParse(URI) ? new URL(URI) : undefined;
  if (
    url?.protocol !== 'http:' ||
    !/^(?:sandbox(?:\.localdomain)?|localhost|127\.0\.0\.1)$/.test(url.hostname)
  ) {
    return { problem: 'destination.URI must be like http://sandbox.localdomain:8080' };
  }
  return { port: Number(url.port || 80), path: `${url.pathname}${url.search}` };
}
