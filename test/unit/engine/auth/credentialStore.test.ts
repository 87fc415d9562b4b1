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
});
