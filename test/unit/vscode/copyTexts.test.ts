import assert from 'node:assert/strict';
import { awsCliText, curlText, unitTestText } from '../../../src/vscode/invoke/copyTexts.ts';
import { definitionOf } from './support.ts';

const definition = definitionOf('orders-api', { entryFile: '/app/src/orders.ts' });
const copied = {
  definition,
  event: '{ "name": "it\'s" }',
  endpoint: 'http://127.0.0.1:4000',
  region: 'us-east-1',
};

suite('an invocation, copied', () => {
  test('for the AWS CLI', () =>
    assert.equal(
      awsCliText({ ...copied, qualifier: 'live' }),
      `aws lambda invoke --function-name 'orders-api' \\
  --qualifier 'live' \\
  --endpoint-url http://127.0.0.1:4000 --region us-east-1 \\
  --cli-binary-format raw-in-base64-out --payload '{"name":"it'\\''s"}' \\
  /dev/stdout
`,
    ));

  test('for curl, without the keys', () =>
    assert.equal(
      curlText({ ...copied, qualifier: '$LATEST' }),
      `curl --aws-sigv4 "aws:amz:us-east-1:lambda" --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" \\
  --header 'Content-Type: application/json' --data-binary '{"name":"it'\\''s"}' \\
  'http://127.0.0.1:4000/2015-03-31/functions/orders-api/invocations?Qualifier=%24LATEST'
`,
    ));

  test('as a unit test of what it answers', () => {
    const text = unitTestText(copied, { payload: '{"ok":true}', isError: false }) ?? '';
    assert.match(text, /^import \{ handler \} from '\.\/orders\.ts';$/m);
    assert.match(text, /^ {2}const result = await handler\(event as never, \{\} as never\);$/m);
    assert.match(text, /deepEqual\(JSON\.parse\(JSON\.stringify\(result\)\), \{\n {4}"ok": true\n {2}\}\);/);
  });

  test('as a unit test of how it fails', () => {
    const payload = '{"errorType":"RangeError","errorMessage":"no","trace":[]}';
    const text = unitTestText(copied, { payload, isError: true }) ?? '';
    assert.match(text, /assert\.rejects\(async \(\) => handler\(event as never, \{\} as never\), \{/);
    assert.match(text, /"name": "RangeError",\n {4}"message": "no"/);
  });

  test('of a nested export, of JavaScript, and of a default export', () => {
    const test = (facts: Parameters<typeof definitionOf>[1]) =>
      unitTestText(
        { ...copied, definition: definitionOf('f', facts) },
        { payload: 'null', isError: false },
      ) ?? '';
    const nested = test({ entryFile: '/app/a.js', handler: 'src/a.api.post' });
    assert.match(nested, /import \{ api \} from '\.\/a\.js';/);
    assert.match(nested, /await api\.post\(event, \{\}\)/);
    assert.match(test({ entryFile: '/app/a.mjs', handler: 'a.default' }), /import handler from '\.\/a\.mjs'/);
  });

  test('is no unit test where the handler is in another language', () => {
    const python = definitionOf('py', { entryFile: '/app/app.py', handler: 'app.handler' });
    assert.equal(
      unitTestText({ ...copied, definition: python }, { payload: '1', isError: false }),
      undefined,
    );
  });
});
