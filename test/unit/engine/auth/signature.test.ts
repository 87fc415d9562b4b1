import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseAuthorization } from '../../../../src/engine/auth/authorization.ts';
import { signatureOf, signingKey } from '../../../../src/engine/auth/signature.ts';
import { signedRequest } from '../../../support/engine/requests.ts';

const credentials = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
};

suite('the signature that a request should carry', () => {
  test("is the SDK's own, whatever the request holds", async () => {
    const text = fc.string({ maxLength: 12 });
    const encoded = fc.string({ unit: 'grapheme', maxLength: 12 }).map(encodeURIComponent);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(encoded, fc.constantFrom('', '.', '..', '%2F', "!'()*"))),
        // The SDK's signer loses this one name.
        fc.array(
          fc.tuple(
            encoded.filter(name => name !== '__proto__'),
            encoded,
          ),
        ),
        fc.array(fc.tuple(fc.constantFrom('x-a', 'x-b', 'content-type'), text)),
        fc.uint8Array(),
        fc.constantFrom('lambda', 's3', 'sqs'),
        fc.boolean(),
        async (segments, query, headers, body, service, withPayloadHeader) => {
          const request = await signedRequest(
            {
              method: 'PUT',
              target: `/${segments.join('/')}?${query.map(pair => pair.join('=')).join('&')}`,
              headers: Object.fromEntries(headers),
              body,
            },
            { credentials, service, at: Date.parse('2026-11-23T10:00:00Z'), withPayloadHeader },
          );
          const parsed = parseAuthorization(request);
          assert.ok(parsed.kind === 'claimed');
          const { claim } = parsed;
          const key = signingKey(credentials.secretAccessKey, claim.scope);
          assert.equal(signatureOf(request, claim, key), claim.signature);
        },
      ),
    );
  });

  test('is none where a signed header is not there', () => {
    const scope = { date: '20261123', region: 'us-east-1', service: 'lambda' };
    const request = { method: 'GET', path: '/', query: {}, headers: {}, body: new Uint8Array() };
    assert.equal(
      signatureOf(
        request,
        { amzDate: '20261123T100000Z', scope, signedHeaders: ['host'] },
        signingKey('', scope),
      ),
      undefined,
    );
  });
});
