import assert from 'node:assert/strict';
import {
  awsEndpoint,
  parseServiceTargets,
} from '../../../../src/engine/services/configured/serviceTargets.ts';
import { queueAttributes, undelivered } from '../../../../src/engine/services/provision/provisionFauxqs.ts';
import { withLocalQueueUrls } from '../../../../src/engine/services/queueUrls.ts';
import { targetOf } from '../../../../src/engine/services/upstream.ts';
import { httpRequest } from '../../../support/engine/requests.ts';

suite('the setting for services', () => {
  test('names endpoints, profiles, and profiles for endpoints', () => {
    const targets = parseServiceTargets({
      dynamodb: 'http://127.0.0.1:8000',
      events: 'profile:dev',
      bedrock: 'profile:dev@https://bedrock-runtime.eu-west-1.amazonaws.com',
    });
    assert.deepEqual(
      [...targets],
      [
        ['dynamodb', { kind: 'endpoint', address: new URL('http://127.0.0.1:8000') }],
        ['events', { kind: 'profile', profile: 'dev' }],
        [
          'bedrock',
          {
            kind: 'profile',
            profile: 'dev',
            address: new URL('https://bedrock-runtime.eu-west-1.amazonaws.com'),
          },
        ],
      ],
    );
  });

  for (const [setting, message] of [
    [{ dynamodb: '8000' }, /says "8000" for dynamodb/],
    [{ dynamodb: 'ftp://x' }, /says "ftp:\/\/x"/],
    [{ dynamodb: 'profile:' }, /says "profile:"/],
    [{ DynamoDB: 'http://x' }, /names "DynamoDB", which is no service/],
    [{ lambda: 'http://x' }, /which Lambda Lens itself answers/],
  ] as const) {
    test(`${JSON.stringify(setting)} is refused`, () => {
      assert.throws(() => parseServiceTargets(setting), { name: 'UserError', message });
    });
  }

  test('leads to the endpoints of AWS', () => {
    assert.equal(awsEndpoint('dynamodb', 'eu-west-1').href, 'https://dynamodb.eu-west-1.amazonaws.com/');
    assert.equal(awsEndpoint('ses', 'us-east-1').href, 'https://email.us-east-1.amazonaws.com/');
    assert.equal(awsEndpoint('iam', 'eu-west-1').href, 'https://iam.amazonaws.com/');
    assert.equal(awsEndpoint('sqs', 'cn-north-1').href, 'https://sqs.cn-north-1.amazonaws.com.cn/');
  });
});

suite('URLs of queues in a function’s variables', () => {
  test('lead to the engine where they are of the account', () => {
    const home = { accountId: '123456789012', endpoint: 'http://127.0.0.1:4000' };
    assert.deepEqual(
      withLocalQueueUrls(
        {
          OWN: 'https://sqs.eu-west-1.amazonaws.com/123456789012/work.fifo',
          LIST: 'a,https://sqs.us-east-1.amazonaws.com/123456789012/b',
          OTHER: 'https://sqs.us-east-1.amazonaws.com/999999999999/work',
          NAME: 'work',
        },
        home,
      ),
      {
        OWN: 'http://127.0.0.1:4000/123456789012/work.fifo',
        LIST: 'a,http://127.0.0.1:4000/123456789012/b',
        OTHER: 'https://sqs.us-east-1.amazonaws.com/999999999999/work',
        NAME: 'work',
      },
    );
  });
});

suite('a request that is sent on', () => {
  test('has the path as it was and its query in a form that every signer knows', () => {
    const target = (text: string) => targetOf(httpRequest({ target: text }));
    assert.equal(target('/a%20b/c%2Bd'), '/a%20b/c%2Bd');
    assert.equal(target('/?uploads'), '/?uploads=');
    assert.equal(target("/?a=1&a=2&b='(x)"), '/?a=1&a=2&b=%27%28x%29');
  });
});

suite('the attributes of a queue', () => {
  const queue = {
    logicalId: 'Q',
    stackId: 's',
    definedAt: { file: '/t', startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 },
    name: 'q',
    arn: 'arn:aws:sqs:us-east-1:123456789012:q',
    url: '',
    fifo: false,
    visibilityTimeoutSeconds: 30,
    delaySeconds: 0,
    messageRetentionSeconds: 345_600,
    receiveWaitSeconds: 20,
    contentBasedDeduplication: true,
  };

  test('are those of the template; what it says no more is taken away', () => {
    assert.deepEqual(queueAttributes(queue), {
      VisibilityTimeout: '30',
      DelaySeconds: '0',
      MessageRetentionPeriod: '345600',
      ReceiveMessageWaitTimeSeconds: '20',
      RedrivePolicy: '',
    });
    const redrive = { deadLetterTargetArn: 'arn:dead', maxReceiveCount: 3 };
    const fifo = queueAttributes({ ...queue, fifo: true, redrive });
    assert.deepEqual([fifo.ContentBasedDeduplication, fifo.RedrivePolicy], ['true', JSON.stringify(redrive)]);
  });
});

suite('what buckets and topics are to tell', () => {
  const at = {
    logicalId: 'X',
    stackId: 's',
    definedAt: { file: '/t', startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 },
  };

  test('is named where it reaches nobody', () => {
    const topicArn = 'arn:aws:sns:us-east-1:123456789012:news';
    const to = (protocol: string, endpoint: string) => ({
      ...at,
      topicArn,
      protocol,
      endpoint,
      filterPolicyScope: 'MessageBody' as const,
      rawMessageDelivery: false,
    });
    assert.deepEqual(
      undelivered({
        subscriptions: [
          to('sqs', 'arn:aws:sqs:us-east-1:123456789012:work'),
          to('lambda', 'arn:aws:lambda:us-east-1:123456789012:function:reader'),
          to('email', 'ann@prints.example'),
        ],
      }),
      ['news to ann@prints.example'],
    );
  });
});
