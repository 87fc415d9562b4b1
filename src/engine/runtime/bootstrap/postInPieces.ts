// Loaded by handlers that stream only: Node's HTTP client takes time at a cold start.
import { request } from 'node:http';
import { errorHeader, memoryHeader, root } from './client.ts';
import type { ErrorBody } from './errors.ts';
import { flushOutput } from './output.ts';
import type { PostedResponse } from './responseStream.ts';

/**
 * Begins a response that is posted to the Runtime API in pieces.
 *
 * @param address `host:port`
 */
export function postInPieces(address: string, requestId: string, contentType: string): PostedResponse {
  const [hostname, port] = address.split(':');
  const sent = request({
    hostname,
    port,
    method: 'POST',
    path: `${root}/invocation/${requestId}/response`,
    headers: {
      'Content-Type': contentType,
      'Transfer-Encoding': 'chunked',
      'Lambda-Runtime-Function-Response-Mode': 'streaming',
      Trailer: Object.keys(errorTrailers()).join(', '),
      ...memoryHeader(),
    },
  });
  const answered = new Promise<void>((resolve, reject) => {
    sent.on('response', response => {
      response.on('end', resolve);
      response.on('error', reject);
      response.resume();
    });
    sent.on('error', reject);
    // As everywhere: without the Runtime API there is nothing left to do.
  }).catch(() => process.exit(1));
  return {
    write: (chunk, callback) => void sent.write(chunk, callback),
    end: async error => {
      await flushOutput();
      if (error !== undefined) sent.addTrailers(errorTrailers(error));
      sent.end();
      await answered;
    },
  };
}

/** How a streamed response says that it failed; the names alone where it has not. */
function errorTrailers(error?: ErrorBody): Record<string, string> {
  const type = error === undefined ? '' : errorHeader(error)['Lambda-Runtime-Function-Error-Type'];
  return {
    'Lambda-Runtime-Function-Error-Type': type ?? '',
    'Lambda-Runtime-Function-Error-Body': Buffer.from(JSON.stringify(error) ?? '').toString('base64'),
  };
}
