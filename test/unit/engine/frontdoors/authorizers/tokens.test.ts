import assert from 'node:assert/strict';
import { createSign, generateKeyPairSync } from 'node:crypto';
import {
  checkCognito,
  checkJwt,
  type TokenCheck,
} from '../../../../../src/engine/frontdoors/authorizers/tokenAuthorizers.ts';
import type { AuthorizerDefinition } from '../../../../../src/model/http.ts';
import { anAuthorizer } from '../../../../support/frontdoors/samples.ts';

const now = Date.parse('2026-11-23T10:00:00Z');
const seconds = now / 1000;
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const keySet = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one' }] };

function token(claims: object, header: object = { alg: 'RS256', kid: 'one' }): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part(header)}.${part({ exp: seconds + 60, ...claims })}`;
  return `${signed}.${createSign('sha256').update(signed).sign(privateKey).toString('base64url')}`;
}

interface Case extends Partial<Pick<TokenCheck, 'keySet'>> {
  readonly authorizer?: Partial<AuthorizerDefinition>;
  readonly scopes?: readonly string[];
}

const checkOf = (given: string | undefined, { authorizer = {}, scopes = [], keySet }: Case): TokenCheck => ({
  token: given,
  authorizer: anAuthorizer(authorizer),
  authorization: { kind: 'authorizer', name: 'guard', scopes },
  now,
  keySet,
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
suite('a JWT authorizer', () => {
  const issuer = 'https://issuer.example/';
  const authorizer = { kind: 'jwt', issuer, audiences: ['app'] } as const;
  const good = { iss: issuer, aud: 'app', sub: 'ann' };

  const check = (given: string | undefined, more: Case, expected: string | RegExp) => {
    const verdict = checkJwt(checkOf(given, { authorizer, ...more }));
    if (typeof expected === 'string') assert.equal(verdict.kind, expected, JSON.stringify(verdict));
    else assert.match(verdict.kind === 'unauthorized' ? verdict.problem : verdict.kind, expected);
  };

  test('takes a token with and without Bearer', () => {
    check(token(good), {}, 'granted');
    check(`Bearer ${token(good)}`, {}, 'granted');
    check(undefined, {}, /there is no token/);
    check('Bearer abc', {}, /no JSON Web Token/);
  });

  test('looks at the times of a token', () => {
    check(token({ ...good, exp: seconds }), {}, /it expired at 2026-11-23T10:00:00\.000Z/);
    check(token({ ...good, exp: undefined }), {}, /it has no exp/);
    check(token({ ...good, nbf: seconds + 1 }), {}, /it counts from/);
    check(token({ ...good, iat: seconds + 1 }), {}, /in the future/);
  });

  test('looks at who has issued a token, and for whom', () => {
    check(token({ ...good, iss: 'https://other.example/' }), {}, /its issuer is https:\/\/other\.example\//);
    check(token({ ...good, aud: 'other' }), {}, /its audience is other, not app/);
    check(token({ ...good, aud: ['x', 'app'] }), {}, 'granted');
    check(token({ iss: issuer, client_id: 'app' }), {}, 'granted');
  });

  test('knows no issuer that is made up from a user pool of the template', () => {
    const local = { ...authorizer, issuer: 'https://cognito-idp.us-east-1.amazonaws.com/UserPool' };
    check(token({ ...good, iss: 'https://anything' }), { authorizer: local }, 'granted');
    const pool = 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbC123';
    check(
      token({ ...good, iss: 'https://anything' }),
      { authorizer: { ...authorizer, issuer: pool } },
      /its issuer/,
    );
  });

  test('wants one of the scopes of the route', () => {
    check(token({ ...good, scope: 'read write' }), { scopes: ['write', 'admin'] }, 'granted');
    check(token({ ...good, scp: ['read'] }), { scopes: ['write'] }, 'noScope');
  });

  test('hands claims on as text, and the scopes that counted', () => {
    const claims = { ...good, scope: 'read write', age: 7, groups: ['a', 'b'], flag: true };
    const verdict = checkJwt(checkOf(token(claims), { authorizer, scopes: ['write'] }));
    assert.deepEqual(verdict.kind === 'granted' && verdict.grant, {
      kind: 'jwt',
      claims: {
        exp: String(seconds + 60),
        iss: issuer,
        aud: 'app',
        sub: 'ann',
        scope: 'read write',
        age: '7',
        groups: '[a b]',
        flag: 'true',
      },
      scopes: ['write'],
    });
  });

  test('checks the signature where there is a key set', () => {
    check(token(good), { keySet }, 'granted');
    const [head, body] = token(good).split('.');
    check(`${head}.${body}.AAAA`, { keySet }, /the signature is wrong/);
    check(`${head}.${body}.AAAA`, {}, 'granted');
    check(token(good, { alg: 'RS256', kid: 'two' }), { keySet }, /there is no key two in the key set/);
    check(token(good, { alg: 'HS256', kid: 'one' }), { keySet }, /HS256 is not one of RS256/);
    check(token(good, { alg: 'none', kid: 'one' }), { keySet }, /none is not one of RS256/);
  });
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-integrate-with-cognito.html
suite('a Cognito authorizer', () => {
  const arn = (pool: string) => `arn:aws:cognito-idp:us-east-1:123456789012:userpool/${pool}`;
  const pool = 'us-east-1_AbC123';
  const iss = `https://cognito-idp.us-east-1.amazonaws.com/${pool}`;
  const kind = (claims: object, more: Case = {}) =>
    checkCognito(
      checkOf(token(claims), { authorizer: { kind: 'cognito', userPoolArns: [arn(pool)] }, ...more }),
    ).kind;

  test('takes an ID token of its pool', () => {
    assert.equal(kind({ iss, token_use: 'id' }), 'granted');
    assert.equal(kind({ iss, token_use: 'access' }), 'unauthorized');
    assert.equal(kind({ iss: `${iss}x`, token_use: 'id' }), 'unauthorized');
  });

  test('takes any pool where its own is not deployed', () => {
    const authorizer = { kind: 'cognito', userPoolArns: [arn('UserPool')] } as const;
    assert.equal(kind({ iss, token_use: 'id' }, { authorizer }), 'granted');
  });

  test('takes an access token where the method has scopes', () => {
    assert.equal(
      kind({ iss, token_use: 'access', scope: 'shop/read' }, { scopes: ['shop/read'] }),
      'granted',
    );
    assert.equal(
      kind({ iss, token_use: 'access', scope: 'shop/read' }, { scopes: ['shop/write'] }),
      'noScope',
    );
    assert.equal(kind({ iss, token_use: 'id' }, { scopes: ['shop/read'] }), 'unauthorized');
  });

  test('hands claims on as text, two times of them as dates', () => {
    const claims = { iss, token_use: 'id', 'cognito:groups': ['a', 'b'], iat: seconds - 60, auth_time: 5 };
    const verdict = checkCognito(checkOf(token(claims), { authorizer: { kind: 'cognito' } }));
    assert.deepEqual(verdict.kind === 'granted' && verdict.grant, {
      kind: 'cognito',
      claims: {
        exp: 'Mon Nov 23 10:01:00 UTC 2026',
        iss,
        token_use: 'id',
        'cognito:groups': '[a b]',
        iat: 'Mon Nov 23 09:59:00 UTC 2026',
        auth_time: '5',
      },
    });
  });
});
