import { actionOf } from '../../api/awsAction.ts';
import type { HttpReply, HttpRequest } from '../../api/http.ts';
import { unsupported } from '../../api/serviceErrors.ts';
import { type Front, type Home, passed, refused } from './front.ts';

/** What fauxqs does of SQS. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_Operations.html */
const operations: ReadonlySet<string> = new Set([
  'ChangeMessageVisibility',
  'ChangeMessageVisibilityBatch',
  'CreateQueue',
  'DeleteMessage',
  'DeleteMessageBatch',
  'DeleteQueue',
  'GetQueueAttributes',
  'GetQueueUrl',
  'ListQueueTags',
  'ListQueues',
  'PurgeQueue',
  'ReceiveMessage',
  'SendMessage',
  'SendMessageBatch',
  'SetQueueAttributes',
  'TagQueue',
  'UntagQueue',
]);

/** Queues are known to their users by the engine's endpoint, and to fauxqs by region and name. */
export const sqsFront: Front = (request, home, region) => {
  const action = actionOf(request);
  if (request.headers['x-amz-target'] === undefined) {
    return refused(
      unsupported(
        `sqs:${action}`,
        'was sent by the query protocol of older SDKs. Use AWS SDK for JavaScript 3.447, boto3 1.28.82 or a later version, which speak JSON with SQS.',
      ),
    );
  }
  if (!operations.has(action)) {
    return refused(
      unsupported(`sqs:${action}`, 'is an operation that the embedded SQS (fauxqs) does not have.'),
    );
  }
  const input = parseObject(request.body);
  if (input === undefined || typeof input.QueueUrl !== 'string') return answered(request, action, home);
  const name = input.QueueUrl.slice(input.QueueUrl.lastIndexOf('/') + 1);
  // By its host fauxqs tells the region, and by its path the name.
  const body = JSON.stringify({
    ...input,
    QueueUrl: `http://sqs.${region}.localhost/${home.accountId}/${name}`,
  });
  return answered({ ...request, body: Buffer.from(body) }, action, home);
};

const answersWithUrls: ReadonlySet<string> = new Set(['CreateQueue', 'GetQueueUrl', 'ListQueues']);

function answered(request: HttpRequest, action: string, home: Home) {
  return answersWithUrls.has(action)
    ? ({ kind: 'passed', request, change: (reply: HttpReply) => withOurUrls(reply, home) } as const)
    : passed(request);
}

function withOurUrls(reply: HttpReply, { endpoint, accountId }: Home): HttpReply {
  const output = parseObject(reply.body);
  if (reply.status !== 200 || output === undefined) return reply;
  const ours = (url: unknown) =>
    typeof url === 'string' ? `${endpoint}/${accountId}/${url.slice(url.lastIndexOf('/') + 1)}` : url;
  const { QueueUrl: url, QueueUrls: urls, ...rest } = output;
  return {
    ...reply,
    body: JSON.stringify({
      ...rest,
      ...(url === undefined ? {} : { QueueUrl: ours(url) }),
      ...(Array.isArray(urls) ? { QueueUrls: urls.map(ours) } : {}),
    }),
  };
}

function parseObject(body: string | Uint8Array): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    // The service says what is wrong with it.
    return undefined;
  }
}
