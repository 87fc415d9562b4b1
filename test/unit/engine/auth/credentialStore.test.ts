import assert from 'node:assert/strict';
import { createCredentialStore } from '../../../../src/engine/auth/credentialStore.ts';
import type { Principal } from '../../../../src/engine/ports.ts';
import { systemIds } from '../../../../src/engine/systemIds.ts';

const environment: Principal = {
  kind: 'environment',
  environmentId: 'e-1',
  functionName: 'orders',
  roleArn: 'arn:aws:iam::000000000000:role/orders',
};

suite('credentials that the engine issues', () => {
  test('the user gets long-lived keys', () => {
    const credentials = createCredentialStore(systemIds).issue({ kind: 'user' });
    assert.match(credentials.accessKeyId, /^AKIA[A-Z2-7]{16}$/);
    assert.match(credentials.secretAccessKey, /^[A-Za-z0-9+/]{40}$/);
    assert.equal(credentials.sessionToken, undefined);
  });

  test('an environment gets temporary ones with a session token', () => {
    const credentials = createCredentialStore(systemIds).issue(environment);
    assert.match(credentials.accessKeyId, /^ASIA[A-Z2-7]{16}$/);
    assert.match(credentials.sessionToken ?? '', /^[A-Za-z0-9+/]{120}$/);
  });

  test('each is found with its principal until it is revoked', () => {
    const store = createCredentialStore(systemIds);
    const [first, second] = [store.issue(environment), store.issue({ kind: 'user' })];
    assert.deepEqual(store.find(first.accessKeyId), { credentials: first, principal: environment });
    store.revoke(first.accessKeyId);
    assert.equal(store.find(first.accessKeyId), undefined);
    assert.deepEqual(store.find(second.accessKeyId)?.principal, { kind: 'user' });
  });

  test('an assumed role gets temporary ones, which are forgotten when there are a thousand newer ones', () => {
    const store = createCredentialStore(systemIds);
    const user = store.issue({ kind: 'user' });
    const assume = () =>
      store.issue(
        {
          kind: 'role',
          roleArn: 'arn:aws:iam::000000000000:role/auditor',
          sessionName: 'night',
          issuedTo: { kind: 'user' },
        },
        60_000,
      );
    const first = assume();
    assert.match(first.accessKeyId, /^ASIA/);
    assert.equal(store.find(first.accessKeyId)?.expiresAt, 60_000);
    for (let count = 0; count < 999; count++) assume();
    assert.ok(store.find(first.accessKeyId));
    assume();
    assert.equal(store.find(first.accessKeyId), undefined);
    assert.ok(store.find(user.accessKeyId));
  });
});
