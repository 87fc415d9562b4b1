import { grouped, type HeaderList } from '../gatewayRequest.ts';

/**
 * What a REST API makes of the headers of an integration's response: some keep only a name of their own, and those
 * of the connection are dropped.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html#api-gateway-known-issues-rest-apis
 */
export function remapped(headers: HeaderList): HeaderList {
  return headers.flatMap(([name, value]) => {
    const lower = name.toLowerCase();
    if (ofTheConnection.has(lower)) return [];
    return [remappedNames.has(lower) ? [`x-amzn-Remapped-${name}`, value] : [name, value]] as const;
  });
}

/** HTTP APIs write what belongs to the connection themselves. */
export function passedOn(headers: HeaderList): HeaderList {
  return headers.filter(([name]) => {
    const lower = name.toLowerCase();
    return !ofTheConnection.has(lower) && lower !== 'connection' && lower !== 'content-length';
  });
}

const remappedNames = new Set([
  'authorization',
  'connection',
  'content-length',
  'content-md5',
  'date',
  'host',
  'max-forwards',
  'server',
  'user-agent',
  'via',
  'www-authenticate',
]);

const ofTheConnection = new Set(['expect', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade']);

/** Values of the one list and then of the other, name by name, whatever the case. */
export function merged(first: HeaderList, second: HeaderList): HeaderList {
  const names = new Map<string, string>();
  const both = [...first, ...second].map(([name, value]) => {
    const lower = name.toLowerCase();
    if (!names.has(lower)) names.set(lower, name);
    return [names.get(lower) ?? name, value] as const;
  });
  return [...grouped(both)].flatMap(([name, values]) => values.map(value => [name, value] as const));
}

export function hasHeader(headers: HeaderList, name: string): boolean {
  return headers.some(([given]) => given.toLowerCase() === name);
}
