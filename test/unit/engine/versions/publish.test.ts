import assert from 'node:assert/strict';
import { fingerprintOf } from '../../../../src/engine/versions/fingerprint.ts';
import { decidePublish, type PublishRequest } from '../../../../src/engine/versions/publish.ts';
import type { VersionRecord } from '../../../../src/engine/versions/records.ts';
import { configuration, version } from './records.ts';

const first = version({ number: 1, revisionId: 'published-1' });

/** Publishes `latest` where version 1 is what `$LATEST` was before. */
function publish(latest: VersionRecord, request: PublishRequest = {}) {
  const last = { version: first, fingerprint: fingerprintOf(version()) };
  return decidePublish({ latest, lastNumber: 1, last }, request, 'new-revision', 2000);
}

function checkRefusal(request: PublishRequest, status: number, name: string, message: string) {
  const decision = publish(version(), request);
  assert.equal(decision.kind, 'failed');
  if (decision.kind !== 'failed') return;
  const { error } = decision;
  assert.deepEqual([error.status, error.name, error.body.message], [status, name, message]);
}

suite('publishing a version', () => {
  test('the first is 1, with code and configuration as they are', () =>
    assert.deepEqual(decidePublish({ latest: version(), lastNumber: 0 }, {}, 'new-revision', 2000), {
      kind: 'published',
      fingerprint: fingerprintOf(version()),
      version: version({ number: 1, revisionId: 'new-revision', modifiedAt: 2000 }),
    }));

  test('an unchanged function gives the version that there is, whatever the description', () => {
    assert.deepEqual(publish(version()), { kind: 'unchanged', version: first });
    assert.deepEqual(publish(version(), { description: 'another' }), { kind: 'unchanged', version: first });
    assert.equal(publish(version({ revisionId: 'other', modifiedAt: 9 })).kind, 'unchanged');
  });

  for (const [what, changed] of Object.entries({
    code: version({ code: { sha256: 'code-2', size: 10, packageFolders: [] } }),
    memory: version({ configuration: { ...configuration, memorySizeMb: 256 } }),
    'a variable': version({ configuration: { ...configuration, environment: { A: 'b' } } }),
    description: version({ configuration: { ...configuration, description: 'new' } }),
    role: version({ configuration: { ...configuration, roleArn: 'arn:aws:iam::000000000000:role/other' } }),
  })) {
    test(`another ${what} makes the next version`, () => {
      const decision = publish(changed);
      assert.equal(decision.kind === 'published' && decision.version.number, 2);
    });
  }

  test('the order of variables is no change', () => {
    const environment = { A: '1', B: '2' };
    const turned = { B: '2', A: '1' };
    assert.equal(
      fingerprintOf(version({ configuration: { ...configuration, environment } })),
      fingerprintOf(version({ configuration: { ...configuration, environment: turned } })),
    );
  });

  test('the description of the request is the version’s, and $LATEST keeps its own', () => {
    const latest = version({
      configuration: { ...configuration, description: 'of the function', memorySizeMb: 256 },
    });
    const decision = publish(latest, { description: 'of the version' });
    assert.equal(decision.kind, 'published');
    if (decision.kind !== 'published') return;
    assert.equal(decision.version.configuration.description, 'of the version');
    assert.equal(decision.fingerprint, fingerprintOf(latest));
  });

  test('a number that was given out is not given out again', () => {
    const decision = decidePublish({ latest: version(), lastNumber: 7 }, {}, 'new-revision', 2000);
    assert.equal(decision.kind === 'published' && decision.version.number, 8);
  });

  test('other code than the caller has in mind is not published', () =>
    checkRefusal(
      { codeSha256: 'other' },
      400,
      'InvalidParameterValueException',
      'CodeSHA256 (other) is different from current CodeSHA256 in $LATEST (code-1). Please try again with the CodeSHA256 in $LATEST.',
    ));

  test('another revision than the caller has in mind is not published', () =>
    checkRefusal(
      { revisionId: 'other' },
      412,
      'PreconditionFailedException',
      'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
    ));

  test('code and revision that are right are taken', () =>
    assert.equal(publish(version(), { codeSha256: 'code-1', revisionId: 'revision-1' }).kind, 'unchanged'));

  test('what was never built cannot be published, and says why', () => {
    const { code: _code, ...unbuilt } = version({ failure: 'app.ts:1:2: Unexpected "="' });
    const decision = publish(unbuilt);
    assert.match(String(decision.kind === 'failed' && decision.error.body.message), /app\.ts:1:2/);
  });
});
