import { request as httpRequest, type IncomingMessage } from 'node:http';
import { Hash } from '@smithy/core/serde';
import { SignatureV4 } from '@smithy/signature-v4';
import type { ChecksumConstructor } from '@smithy/types';
import type { EngineAttachment } from '../model/engineAttachment.ts';

export interface SignedHttp {
  /**
   * Sends a request without a body, signed with the engine's keys for its user.
   *
   * @returns the response once its head is there; the body is the caller's to read or destroy.
   */
  send(method: string, target: HttpTarget, options?: SendOptions): Promise<IncomingMessage>;
  /** The same, for a short answer: reads the body whole. */
  read(method: string, target: HttpTarget, options?: SendOptions): Promise<{ status: number; body: string }>;
}

export interface HttpTarget {
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
}

export interface SendOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** How long to wait for the head of the response. */
  readonly timeoutMs?: number;
}

export function createSignedHttp(attachment: EngineAttachment): SignedHttp {
  const { hostname, port, host } = new URL(attachment.endpoint);
  const signer = new SignatureV4({
    credentials: { accessKeyId: attachment.accessKeyId, secretAccessKey: attachment.secretAccessKey },
    region: attachment.region,
    service: 'lambda',
    sha256: Hash.bind(null, 'sha256') as unknown as ChecksumConstructor,
  });

  async function send(
    method: string,
    target: HttpTarget,
    options: SendOptions = {},
  ): Promise<IncomingMessage> {
    const query = { ...target.query };
    const signed = await signer.sign({
      method,
      protocol: 'http:',
      hostname,
      path: target.path,
      query,
      headers: { host },
    });
    const parameters = new URLSearchParams(query).toString().replaceAll('+', '%20');
    return new Promise((resolve, reject) => {
      const message = httpRequest({
        method,
        hostname,
        port,
        path: parameters === '' ? target.path : `${target.path}?${parameters}`,
        headers: { ...options.headers, ...signed.headers },
        // A connection of its own: some of these stay open for hours.
        agent: false,
        ...(options.signal ? { signal: options.signal } : {}),
      });
      const timer = setTimeout(
        () => message.destroy(new Error(`${attachment.endpoint} does not answer`)),
        options.timeoutMs ?? 30_000,
      );
      message.on('response', response => {
        clearTimeout(timer);
        resolve(response);
      });
      message.on('error', error => {
        clearTimeout(timer);
        reject(error);
      });
      message.end();
    });
  }

  return {
    send,
    async read(method, target, options) {
      const response = await send(method, target, options);
      response.setEncoding('utf8');
      let body = '';
      for await (const chunk of response) body += chunk;
      return { status: response.statusCode ?? 0, body };
    },
  };
}
