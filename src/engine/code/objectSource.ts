import { messageOf } from '../../shared/errors.ts';
import type { CodeSource } from '../api/operations/functions/codeInput.ts';
import type { Credentials } from '../ports.ts';
import { signRequest } from '../services/configured/signRequest.ts';
import { readReply, send } from '../services/upstream.ts';

/** Objects of the S3 that this engine answers for, or passes requests on to. */
export function createObjectSource(endpoint: string, region: string, credentials: Credentials): CodeSource {
  const address = new URL(endpoint);
  return async (bucket, key, versionId) => {
    const path = `/${[bucket, ...key.split('/')].map(encodeURIComponent).join('/')}`;
    const request = {
      method: 'GET',
      path,
      query: versionId === undefined ? {} : { versionId },
      headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
      body: new Uint8Array(),
    };
    try {
      const signed = await signRequest(request, address, { service: 's3', region, credentials });
      const reply = await readReply(await send({ address }, signed));
      const body = Buffer.from(reply.body);
      if (reply.status === 200) return { kind: 'read', bytes: body };
      const text = body.toString('utf8');
      return {
        kind: 'failed',
        code: /<Code>([^<]*)/.exec(text)?.[1] ?? String(reply.status),
        message: /<Message>([^<]*)/.exec(text)?.[1] ?? 'S3 did not answer with an object.',
      };
    } catch (error) {
      return { kind: 'failed', code: 'ServiceUnavailable', message: messageOf(error) };
    }
  };
}
