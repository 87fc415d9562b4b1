import type { HttpRequest } from '../../api/http.ts';
import { frontError, unsupported } from '../../api/serviceErrors.ts';
import { type Front, passed, refused } from './front.ts';

/** What fauxqs does of SNS. https://docs.aws.amazon.com/sns/latest/api/API_Operations.html */
const operations: ReadonlySet<string> = new Set([
  'ConfirmSubscription',
  'CreateTopic',
  'DeleteTopic',
  'GetSubscriptionAttributes',
  'GetTopicAttributes',
  'ListSubscriptions',
  'ListSubscriptionsByTopic',
  'ListTagsForResource',
  'ListTopics',
  'Publish',
  'PublishBatch',
  'SetSubscriptionAttributes',
  'SetTopicAttributes',
  'Subscribe',
  'TagResource',
  'Unsubscribe',
  'UntagResource',
]);

/** Messages reach queues and nothing else, which is said where somebody asks for more. */
export const snsFront: Front = request => {
  const form = new URLSearchParams(new TextDecoder().decode(request.body));
  const action = form.get('Action') ?? '';
  if (!operations.has(action)) {
    return refused(
      unsupported(`sns:${action}`, 'is an operation that the embedded SNS (fauxqs) does not have.'),
    );
  }
  if (action === 'Subscribe' && form.get('Protocol') !== 'sqs') {
    return refused(
      unsupported(
        `sns:Protocol=${form.get('Protocol')}`,
        'cannot be honoured: the embedded SNS (fauxqs) delivers to queues only, with the protocol sqs.',
      ),
    );
  }
  if (action === 'Publish' && form.has('PhoneNumber')) {
    return refused(unsupported('sns:PhoneNumber', 'cannot be honoured: no text messages are sent.'));
  }
  if (action === 'PublishBatch' && [...form].some(([name]) => name.endsWith('.MessageStructure'))) {
    return refused(
      unsupported(
        'sns:MessageStructure',
        'is honoured by Publish, and not by PublishBatch. Send the messages singly.',
      ),
    );
  }
  return action === 'Publish' && form.get('MessageStructure') === 'json'
    ? publishForQueues(request, form)
    : passed(request);
};

/** fauxqs would send the whole structure. https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
function publishForQueues(request: HttpRequest, form: URLSearchParams) {
  const message = messageForQueues(form.get('Message') ?? '');
  if (message === undefined) {
    return refused(
      frontError(
        'InvalidParameter',
        400,
        'Invalid parameter: Message Structure - JSON message body failed to parse, or has no default entry',
      ),
    );
  }
  form.set('Message', message);
  form.delete('MessageStructure');
  return passed({ ...request, body: Buffer.from(form.toString()) });
}

function messageForQueues(structure: string): string | undefined {
  try {
    const { sqs, default: fallback } = JSON.parse(structure) as { sqs?: unknown; default?: unknown };
    if (typeof fallback !== 'string') return undefined;
    return typeof sqs === 'string' ? sqs : fallback;
  } catch {
    return undefined;
  }
}
