import assert from 'node:assert/strict';
import type { Message } from 'esbuild';
import {
  buildErrorOf,
  failedBuildOutcome,
  missingModuleError,
} from '../../../../src/engine/functions/buildErrors.ts';

const message = (text: string, line = 3, column = 4, lineText = 'const x = 1'): Message => ({
  id: '',
  pluginName: '',
  text,
  location: { file: 'src/orders.ts', namespace: '', line, column, length: 1, lineText, suggestion: '' },
  notes: [],
  detail: undefined,
});
const resolve = (file: string) => `/project/${file}`;

suite('why a function cannot be built', () => {
  test('a syntax error is told with file, line and column', () =>
    assert.deepEqual(buildErrorOf([message('Unexpected "="')], resolve), {
      errorType: 'Runtime.UserCodeSyntaxError',
      errorMessage: 'SyntaxError: src/orders.ts:3:5: Unexpected "="',
      trace: [
        'Runtime.UserCodeSyntaxError: SyntaxError: src/orders.ts:3:5: Unexpected "="',
        '    at /project/src/orders.ts:3:5',
      ],
    }));

  test('an import that leads nowhere is an import error', () =>
    assert.deepEqual(buildErrorOf([message('Could not resolve "./nope"')], resolve), {
      errorType: 'Runtime.ImportModuleError',
      errorMessage: 'Error: src/orders.ts:3:5: Could not resolve "./nope"',
      trace: [
        'Runtime.ImportModuleError: Error: src/orders.ts:3:5: Could not resolve "./nope"',
        '    at /project/src/orders.ts:3:5',
      ],
    }));

  const hints: readonly (readonly [string, string])[] = [
    ['Could not resolve "lodash"', 'Install the package, or list it as external'],
    [
      'Could not resolve "@aws-sdk/client-s3"',
      "Lambda's runtime contains the AWS SDK, this machine does not: install the package as a development dependency",
    ],
    [
      'Top-level await is currently not supported with the "cjs" output format',
      'Set the format of the bundle to "esm" in the template',
    ],
  ];
  for (const [text, hint] of hints) {
    test(`"${text}" comes with what to do`, () =>
      assert.ok(buildErrorOf([message(text)], resolve).errorMessage.endsWith(`${text}. ${hint}`)));
  }

  test('columns are counted as editors do', () => {
    const { errorMessage } = buildErrorOf([message('Unexpected "="', 1, 7, '"é😀";=')], resolve);
    assert.match(errorMessage, /orders\.ts:1:5:/);
  });

  test('every place is told of', () => {
    const error = buildErrorOf(
      [message('Could not resolve "./a"', 1), message('Unexpected "="', 2)],
      resolve,
    );
    assert.equal(error.errorType, 'Runtime.UserCodeSyntaxError');
    assert.deepEqual(error.trace.slice(-2), [
      '    at /project/src/orders.ts:1:5',
      '    at /project/src/orders.ts:2:5',
    ]);
  });

  test('an invocation of such a function ends like one whose init failed', () => {
    const error = missingModuleError("Cannot find module 'src/orders'");
    const outcome = failedBuildOutcome(error, 'request-1', '$LATEST', new Date(0));
    assert.deepEqual(
      JSON.parse(Buffer.from(outcome.ending.kind === 'initError' ? outcome.ending.body : []).toString()),
      {
        errorType: 'Runtime.ImportModuleError',
        errorMessage: "Error: Cannot find module 'src/orders'",
        trace: ["Runtime.ImportModuleError: Error: Cannot find module 'src/orders'"],
      },
    );
    assert.equal(
      outcome.log,
      '1970-01-01T00:00:00.000Z\trequest-1\tERROR\tBuild Error \t{"errorType":"Runtime.ImportModuleError","errorMessage":"Error: Cannot find module \'src/orders\'","stack":["Runtime.ImportModuleError: Error: Cannot find module \'src/orders\'"]}\nSTART RequestId: request-1 Version: $LATEST\n',
    );
  });
});
