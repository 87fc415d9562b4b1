import type { ServiceCaller } from '../../invoke/async/sender.ts';
import { StreamFault } from './streamClient.ts';

/**
 * Asks the service of a stream.
 *
 * @param arn the stream, for the message where it is not there
 * @throws StreamFault
 */
export async function askStream<Output>(
  caller: ServiceCaller,
  call: Parameters<ServiceCaller>[0],
  arn: string,
): Promise<Output> {
  const { status, body } = await caller(call);
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  if (status === 200) return JSON.parse(text) as Output;
  const [, type = String(status)] = /"__type"\s*:\s*"(?:[^"#]*#)?([^"]+)"/.exec(text) ?? [];
  const [, message = `The service answered with ${status}.`] =
    /"[mM]essage"\s*:\s*"([^"]*)"/.exec(text) ?? [];
  throw new StreamFault(type, type === 'ResourceNotFoundException' ? `Stream not found: ${arn}` : message);
}
