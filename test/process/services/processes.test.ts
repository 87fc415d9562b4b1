// The processes of the embedded services: started by need, replaced when they crash, never left behind.
import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  CreateQueueCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { isAlive } from '../../support/engine/connect.ts';
import { until } from '../../support/until.ts';
import { listeningAddresses, type ServedWorkspace, serveWorkspace, serviceProcess } from './support.ts';

suite('the process of an embedded service', () => {
  let served: ServedWorkspace;
  setup(async () => {
    served = await serveWorkspace({
      'template.yaml': 'Resources: { Box: { Type: AWS::S3::Bucket, Properties: { BucketName: box } } }',
    });
  });
  teardown(() => served?.remove());

  const makeQueue = async (QueueName: string) => {
    const sqs = new SQSClient(served.client);
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName }));
    sqs.destroy();
    return QueueUrl ?? '';
  };
  const running = () => serviceProcess(served.serve.pid, 'fauxqs');

  test('is started by the first call', async () => {
    assert.equal(running(), undefined);
    await makeQueue('first');
    assert.notEqual(running(), undefined);
    assert.equal(serviceProcess(served.serve.pid, 'kinesis'), undefined);
  });

  test('is gone when the engine is killed, and when it is stopped', async () => {
    for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
      await makeQueue('any');
      const pid = running() ?? 0;
      assert.equal(isAlive(pid), true);
      await served.restart(signal);
      await until('the service to end', () => !isAlive(pid));
    }
  });

  test('is replaced when it crashes, with nothing lost', async () => {
    const url = await makeQueue('kept');
    const sqs = new SQSClient({ ...served.client, maxAttempts: 3 });
    await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'kept' }));
    const pid = running() ?? 0;
    process.kill(pid, 'SIGKILL');
    await until('another process', () => (running() ?? pid) !== pid);
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: url }));
    sqs.destroy();
    assert.deepEqual(
      Messages?.map(({ Body }) => Body),
      ['kept'],
    );
    assert.match(served.serve.output().stderr, /fauxqs \(SQS, SNS, S3\) has ended: SIGKILL/);
  });

  test('finds its data again after the engine was killed', async () => {
    const url = await makeQueue('lasting');
    const [sqs, s3] = [new SQSClient(served.client), new S3Client(served.client)];
    await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'lasting' }));
    await s3.send(new PutObjectCommand({ Bucket: 'box', Key: 'k', Body: 'lasting' }));
    for (const client of [sqs, s3]) client.destroy();
    await served.restart('SIGKILL');
    const [later, laterS3] = [new SQSClient(served.client), new S3Client(served.client)];
    const { QueueUrl } = await later.send(new GetQueueUrlCommand({ QueueName: 'lasting' }));
    assert.equal(QueueUrl, `${served.serve.line.endpoint}/000000000000/lasting`);
    const { Messages } = await later.send(new ReceiveMessageCommand({ QueueUrl }));
    const { Body } = await laterS3.send(new GetObjectCommand({ Bucket: 'box', Key: 'k' }));
    assert.deepEqual([Messages?.[0]?.Body, await Body?.transformToString()], ['lasting', 'lasting']);
    for (const client of [later, laterS3]) client.destroy();
  });

  test('that cannot start is named, with what to do, and tried again by the next call', async () => {
    const data = join(served.workspace.stateDirectory, 'services');
    await writeFile(data, 'in the way');
    await assert.rejects(makeQueue('never'), {
      message: /fauxqs \(SQS, SNS, S3\) does not run: .*services.*move the folder away/,
    });
    await rm(data);
    assert.match(await makeQueue('now'), /now$/);
  });

  test('hears nobody but the engine', async () => {
    await makeQueue('mine');
    const listening = listeningAddresses(running() ?? 0);
    assert.ok(listening.length > 0);
    for (const { address, port } of listening) {
      assert.equal(address, '0100007F', 'the loopback interface');
      const socket = connect(port, '127.0.0.1');
      const answer = await new Promise<string>(resolve => {
        let text = '';
        socket.on('data', chunk => {
          text += chunk.toString();
        });
        socket.on('error', () => {});
        socket.on('close', () => resolve(text));
        socket.write('GET /_fauxqs/queues HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n');
      });
      assert.equal(answer, '');
    }
  });
});
