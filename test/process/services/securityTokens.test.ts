// STS, answered by the engine.
import assert from 'node:assert/strict';
import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { type ServedWorkspace, serveWorkspace } from './support.ts';

const RoleArn = 'arn:aws:iam::000000000000:role/team/auditor';

suite('security tokens', () => {
  let served: ServedWorkspace;
  let sts: STSClient;
  suiteSetup(async () => {
    served = await serveWorkspace();
    sts = new STSClient(served.client);
  });
  suiteTeardown(async () => {
    sts?.destroy();
    await served?.remove();
  });

  test('the user of the engine is told who they are', async () => {
    const { Account, Arn } = await sts.send(new GetCallerIdentityCommand({}));
    assert.deepEqual([Account, Arn], ['000000000000', 'arn:aws:iam::000000000000:user/lambda-lens']);
  });

  test('the credentials of an assumed role are those of the role', async () => {
    const { Credentials, AssumedRoleUser } = await sts.send(
      new AssumeRoleCommand({ RoleArn, RoleSessionName: 'night', DurationSeconds: 900 }),
    );
    assert.equal(AssumedRoleUser?.Arn, 'arn:aws:sts::000000000000:assumed-role/auditor/night');
    const lifetime = (Credentials?.Expiration?.getTime() ?? 0) - Date.now();
    assert.ok(lifetime > 800_000 && lifetime <= 900_000, `${lifetime} ms`);
    const assumed = new STSClient({
      ...served.client,
      credentials: {
        accessKeyId: Credentials?.AccessKeyId ?? '',
        secretAccessKey: Credentials?.SecretAccessKey ?? '',
        sessionToken: Credentials?.SessionToken ?? '',
      },
    });
    assert.equal((await assumed.send(new GetCallerIdentityCommand({}))).Arn, AssumedRoleUser?.Arn);
    assumed.destroy();
  });

  test('what STS would not take is refused in its words', async () => {
    for (const wrong of [
      { RoleArn: 'arn:aws:iam::1:role/x', RoleSessionName: 'night' },
      { RoleArn, RoleSessionName: 'n' },
      { RoleArn, RoleSessionName: 'night', DurationSeconds: 60 },
    ]) {
      await assert.rejects(sts.send(new AssumeRoleCommand(wrong)), { name: 'ValidationError' });
    }
    await assert.rejects(sts.send(new GetSessionTokenCommand({})), {
      message: /UnsupportedByLambdaLens: sts:GetSessionToken is an operation/,
    });
  });
});
