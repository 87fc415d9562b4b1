// Code from the S3 that the engine has, as deployment tools upload it.
import assert from 'node:assert/strict';
import {
  CreateFunctionCommand,
  InvokeCommand,
  LambdaClient,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { type ServedWorkspace, serveWorkspace } from '../services/support.ts';
import { codeThatAnswers } from './support.ts';

suite('code in a bucket', () => {
  let served: ServedWorkspace;
  suiteSetup(async () => {
    served = await serveWorkspace({ 'template.yaml': 'Resources:\n  Code: { Type: AWS::S3::Bucket }\n' });
  });
  suiteTeardown(async () => served?.remove());

  test('becomes a function, and is its own when the object has changed', async () => {
    const s3 = new S3Client(served.client);
    const lambda = new LambdaClient(served.client);
    try {
      const Key = 'releases/one (1).zip';
      const put = async (answer: string) =>
        s3.send(new PutObjectCommand({ Bucket: 'code', Key, Body: await codeThatAnswers(answer) }));
      const answer = async () => {
        const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: 'f' }));
        return JSON.parse(Buffer.from(Payload ?? []).toString()).answer;
      };
      await put('one');
      const code = { S3Bucket: 'code', S3Key: Key };
      await lambda.send(
        new CreateFunctionCommand({
          FunctionName: 'f',
          Role: 'arn:aws:iam::000000000000:role/r',
          Runtime: 'nodejs24.x',
          Handler: 'index.handler',
          Code: code,
        }),
      );
      assert.equal(await answer(), 'one');
      await put('two');
      assert.equal(await answer(), 'one');
      await lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'f', ...code }));
      assert.equal(await answer(), 'two');
      await assert.rejects(
        lambda.send(
          new UpdateFunctionCodeCommand({ FunctionName: 'f', S3Bucket: 'code', S3Key: 'none.zip' }),
        ),
        {
          name: 'InvalidParameterValueException',
          message: /^Error occurred while GetObject\. S3 Error Code: NoSuchKey\./,
        },
      );
      await assert.rejects(
        lambda.send(
          new UpdateFunctionCodeCommand({ FunctionName: 'f', S3Bucket: 'elsewhere', S3Key: 'x.zip' }),
        ),
        { message: /S3 Error Code: NoSuchBucket\./ },
      );
      assert.equal(await answer(), 'two');
    } finally {
      s3.destroy();
      lambda.destroy();
    }
  });
});
