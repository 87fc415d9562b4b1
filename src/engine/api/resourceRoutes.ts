import { readFile } from 'node:fs/promises';
import { messageOf } from '../../shared/errors.ts';
import type { ServiceCaller } from '../invoke/async/sender.ts';
import { invalidParameterValue } from '../invoke/serviceErrors.ts';
import { putObjectCall, sqsCall } from '../services/calls.ts';
import type { QueueInspection } from '../services/queueInspection.ts';
import { type HttpReply, type HttpRequest, jsonReply, queryValue } from './http.ts';
import { errorReply, resourceNotFound } from './serviceErrors.ts';

export interface ResourceRouteParts {
  readonly queues: QueueInspection;
  /** Calls a service as every client does. */
  readonly call: ServiceCaller;
  readonly home: { readonly region: string; readonly accountId: string };
}

/** What views show of queues and buckets, and do with them. */
export function resourceRoutes({ queues, call, home }: ResourceRouteParts) {
  const { region } = home;
  return {
    'GET /_lens/queues': async (): Promise<HttpReply> => jsonReply(200, { queues: await queues.list() }),
    'GET /_lens/messages': async (request: HttpRequest): Promise<HttpReply> => {
      const name = queryValue(request, 'queue') ?? '';
      const messages = await queues.messages(name);
      return messages
        ? jsonReply(200, { messages })
        : errorReply(resourceNotFound(`There is no queue ${name}.`));
    },
    'POST /_lens/purge': async (request: HttpRequest): Promise<HttpReply> => {
      const name = queryValue(request, 'queue') ?? '';
      const found = await call({
        service: 'sqs',
        region,
        request: sqsCall(home, 'GetQueueUrl', { QueueName: name }),
      });
      if (found.status >= 300) return errorReply(resourceNotFound(`There is no queue ${name}.`));
      const { QueueUrl } = JSON.parse(textOf(found)) as { readonly QueueUrl: string };
      return passed(
        await call({ service: 'sqs', region, request: sqsCall(home, 'PurgeQueue', { QueueUrl }) }),
      );
    },
    // The file is read here: the engine runs for the person who asks, and a file may be large.
    'POST /_lens/upload': async (request: HttpRequest): Promise<HttpReply> => {
      const bucket = queryValue(request, 'bucket') ?? '';
      const key = queryValue(request, 'key') ?? '';
      const file = queryValue(request, 'file') ?? '';
      if (bucket === '' || key === '' || file === '') {
        return errorReply(invalidParameterValue('Give "bucket", "key" and "file".'));
      }
      const content = await readFile(file).catch((error: unknown) => messageOf(error));
      if (typeof content === 'string') return errorReply(invalidParameterValue(content));
      const put = putObjectCall(home, bucket, key, '');
      const headers = { ...put.headers, 'content-type': 'application/octet-stream' };
      return passed(await call({ service: 's3', region, request: { ...put, headers, body: content } }));
    },
  };
}

function passed(reply: HttpReply): HttpReply {
  return reply.status < 300
    ? jsonReply(200, {})
    : errorReply(invalidParameterValue(`${reply.status}: ${textOf(reply).slice(0, 500)}`));
}

function textOf({ body }: HttpReply): string {
  return typeof body === 'string' ? body : new TextDecoder().decode(body);
}
