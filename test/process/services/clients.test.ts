// Clients that are not the SDK for JavaScript: boto3 and the aws CLI, wherever they are installed.
import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type ServedWorkspace, serveWorkspace } from './support.ts';

const run = promisify(execFile);

const template = `
Resources:
  Work: { Type: AWS::SQS::Queue, Properties: { QueueName: work } }
  Box: { Type: AWS::S3::Bucket }
  Stream: { Type: AWS::Kinesis::Stream, Properties: { Name: stream, ShardCount: 1 } }
  News:
    Type: AWS::SNS::Topic
    Properties: { TopicName: news, Subscription: [{ Protocol: sqs, Endpoint: !GetAtt Work.Arn }] }
`;

const python = `
import boto3, botocore.config, io, json, urllib.request
sqs, s3, sns, kinesis = [boto3.client(name) for name in ('sqs', 's3', 'sns', 'kinesis')]
ssm, secrets, sts = [boto3.client(name) for name in ('ssm', 'secretsmanager', 'sts')]
told = {}
url = sqs.get_queue_url(QueueName='work')['QueueUrl']
sqs.send_message(QueueUrl=url, MessageBody='sent', MessageAttributes={'a': {'DataType': 'String', 'StringValue': 'b'}})
message = sqs.receive_message(QueueUrl=url, MessageAttributeNames=['All'])['Messages'][0]
told['sqs'] = [message['Body'], message['MessageAttributes']['a']['StringValue']]
sqs.delete_message(QueueUrl=url, ReceiptHandle=message['ReceiptHandle'])
sns.publish(TopicArn='arn:aws:sns:us-east-1:000000000000:news', Message='published')
told['sns'] = json.loads(sqs.receive_message(QueueUrl=url)['Messages'][0]['Body'])['Message']

class Unseekable(io.RawIOBase):
    def __init__(self, data): self.data = io.BytesIO(data)
    def read(self, size=-1): return self.data.read(size)
    def readable(self): return True

s3.put_object(Bucket='box', Key='a b/\\u00fc.txt', Body=b'whole', ContentType='text/plain')
s3.upload_fileobj(Unseekable(b'p' * 20_000_000), 'box', 'parts')
parts = s3.get_object(Bucket='box', Key='parts')['Body'].read()
told['s3'] = [s3.get_object(Bucket='box', Key='a b/\\u00fc.txt')['Body'].read().decode(), len(parts), parts.count(b'p')]
told['keys'] = [item['Key'] for item in s3.list_objects_v2(Bucket='box')['Contents']]
v4 = boto3.client('s3', config=botocore.config.Config(signature_version='s3v4'))
for client, name in ((v4, 'presigned'), (s3, 'presigned without s3v4')):
    presigned = client.generate_presigned_url('get_object', Params={'Bucket': 'box', 'Key': 'a b/\\u00fc.txt'}, ExpiresIn=60)
    try: told[name] = urllib.request.urlopen(presigned).read().decode()
    except Exception as error: told[name] = error.read().decode()
try: s3.get_object(Bucket='box', Key='nothing')
except s3.exceptions.NoSuchKey: told['missing'] = 'NoSuchKey'
kinesis.put_record(StreamName='stream', PartitionKey='k', Data=b'put')
iterator = kinesis.get_shard_iterator(StreamName='stream', ShardId='shardId-000000000000', ShardIteratorType='TRIM_HORIZON')
told['kinesis'] = [r['Data'].decode() for r in kinesis.get_records(ShardIterator=iterator['ShardIterator'])['Records']]
told['ssm'] = ssm.get_parameter(Name='/a')['Parameter']['Value']
try: ssm.get_parameter(Name='/none')
except ssm.exceptions.ParameterNotFound: told['ssm missing'] = 'ParameterNotFound'
told['secret'] = secrets.get_secret_value(SecretId='s')['SecretString']
told['sts'] = sts.get_caller_identity()['Arn']
role = sts.assume_role(RoleArn='arn:aws:iam::000000000000:role/r', RoleSessionName='night')
told['role'] = role['AssumedRoleUser']['Arn']
try: boto3.client('dynamodb').list_tables()
except Exception as error: told['dynamodb'] = str(error)
print(json.dumps(told))
`;

const isInstalled = (command: string, ...args: readonly string[]) => spawnSync(command, args).status === 0;

suite('clients of the embedded services', () => {
  let served: ServedWorkspace;
  suiteSetup(async () => {
    served = await serveWorkspace({
      'template.yaml': template,
      '.lambda-lens/parameters.json': '{"/a":"b"}',
      '.lambda-lens/secrets.json': '{"s":"t"}',
    });
  });
  suiteTeardown(() => served?.remove());

  const environment = () => {
    const { endpoint, region, accessKeyId, secretAccessKey } = served.serve.line;
    return {
      PATH: process.env.PATH,
      HOME: served.workspace.root,
      AWS_ENDPOINT_URL: endpoint,
      AWS_DEFAULT_REGION: region,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_MAX_ATTEMPTS: '1',
    };
  };

  if (isInstalled('python3', '-c', 'import boto3')) {
    test('boto3 calls every one of them', async () => {
      const { stdout } = await run('python3', ['-c', python], { env: environment() });
      const {
        dynamodb,
        'presigned without s3v4': refusal,
        ...told
      } = JSON.parse(stdout) as Record<string, unknown>;
      assert.deepEqual(told, {
        sqs: ['sent', 'b'],
        sns: 'published',
        s3: ['whole', 20_000_000, 20_000_000],
        keys: ['a b/ü.txt', 'parts'],
        presigned: 'whole',
        missing: 'NoSuchKey',
        kinesis: ['put'],
        ssm: 'b',
        'ssm missing': 'ParameterNotFound',
        secret: 't',
        sts: 'arn:aws:iam::000000000000:user/lambda-lens',
        role: 'arn:aws:sts::000000000000:assumed-role/r/night',
      });
      assert.match(String(refusal), /Signature Version 2.*s3v4/);
      assert.match(String(dynamodb), /ListTables was not called: .*lambdaLens\.services/);
    });
  }

  if (isInstalled('aws', '--version')) {
    test('the aws CLI copies files and lists queues', async () => {
      // Version 1 goes to AWS with SQS unless the endpoint is an option.
      const aws = (...args: readonly string[]) =>
        run('aws', ['--endpoint-url', served.serve.line.endpoint, ...args], { env: environment() });
      const file = join(served.workspace.root, 'large.bin');
      const content = Buffer.alloc(9 * 1024 * 1024, 'cli');
      await writeFile(file, content);
      await aws('s3', 'cp', file, 's3://box/folder/large file.bin');
      await aws('s3', 'cp', 's3://box/folder/large file.bin', `${file}.back`);
      assert.ok((await readFile(`${file}.back`)).equals(content));
      assert.match((await aws('s3', 'ls', 's3://box/folder/')).stdout, /9437184 large file\.bin/);
      assert.deepEqual(JSON.parse((await aws('sqs', 'list-queues', '--output', 'json')).stdout), {
        QueueUrls: [`${served.serve.line.endpoint}/000000000000/work`],
      });
    });
  }
});
