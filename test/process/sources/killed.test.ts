// A message that a queue has taken is not lost, however often the engine ends between its reading and its deletion.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { GetQueueUrlCommand, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { until } from '../../support/until.ts';
import { serveWorkspace } from '../services/support.ts';

suite('messages of a queue', () => {
  test('are all processed, at least once, by an engine that is killed again and again', async function () {
    this.timeout(120_000);
    const served = await serveWorkspace({
      'template.yaml': `Transform: AWS::Serverless-2016-10-31
Resources:
  Queue: { Type: AWS::SQS::Queue, Properties: { QueueName: work, VisibilityTimeout: 2 } }
  Worker:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: worker
      Runtime: nodejs24.x
      CodeUri: .
      Handler: app.handler
      Timeout: 2
      Events: { Work: { Type: SQS, Properties: { Queue: !GetAtt Queue.Arn } } }
`,
      'app.js': `const { appendFileSync } = require('node:fs');
exports.handler = async ({ Records }) => {
  await new Promise(resolve => setTimeout(resolve, 20));
  appendFileSync(__dirname + '/processed.txt', Records.map(({ messageId }) => messageId + '\\n').join(''));
};
`,
    });
    try {
      const sent: string[] = [];
      for (let kill = 0; kill < 8; kill++) {
        const sqs = new SQSClient(served.client);
        const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'work' }));
        for (let request = 0; request < 5; request++) {
          const Entries = Array.from({ length: 10 }, (_, index) => ({ Id: String(index), MessageBody: 'x' }));
          const { Successful = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
          sent.push(...Successful.map(({ MessageId = '' }) => MessageId));
        }
        // Anywhere between the first batch and the last.
        await sleep(kill * 15);
        sqs.destroy();
        await served.restart('SIGKILL');
      }
      const processed = async () => {
        const text = await readFile(join(served.workspace.root, 'processed.txt'), 'utf8').catch(() => '');
        return new Set(text.split('\n').slice(0, -1));
      };
      await until('all to be processed', async () => (await processed()).size >= sent.length, 60_000);
      assert.deepEqual([...(await processed())].toSorted(), sent.toSorted());
    } finally {
      await served.remove();
    }
  });
});
