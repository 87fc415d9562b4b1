import assert from 'node:assert/strict';
import {
  functionNameFailures,
  qualifierFailures,
  resolveFunctionName,
} from '../../../../src/engine/api/functionName.ts';

const home = { region: 'us-east-1', accountId: '123456789012' };
const long = (length: number) => 'a'.repeat(length);
const arn = (rest: string) => `arn:aws:lambda:us-east-1:123456789012:function:${rest}`;
const brokenPattern = 'Member must satisfy regular expression pattern';
const tooLong = 'Member must have length less than or equal to';
const conflict = 'The derived qualifier from the function name does not match the specified qualifier.';

interface Expectation {
  readonly name?: string;
  readonly qualifier?: string;
  /** In order: what the constraints or the resolution say. */
  readonly refusals?: readonly string[];
}

function check(input: { readonly name: string; readonly qualifier?: string }, expected: Expectation) {
  const failures = [
    ...(input.qualifier === undefined ? [] : qualifierFailures(input.qualifier)),
    ...functionNameFailures(input.name),
  ];
  const wanted = expected.refusals ?? [];
  if (failures.length > 0) {
    assert.deepEqual(
      failures.map((failure, index) => failure.includes(wanted[index] ?? '?')),
      wanted.map(() => true),
    );
    return;
  }
  const resolved = resolveFunctionName(input.name, input.qualifier, home);
  if (resolved.kind === 'refused') {
    const { message, Message } = resolved.error.body;
    assert.deepEqual([`${resolved.error.status} ${message ?? Message}`], wanted);
    return;
  }
  assert.deepEqual(wanted, []);
  assert.equal(resolved.reference.functionName, expected.name);
  assert.equal(resolved.reference.qualifier, expected.qualifier);
}

suite('function names as Invoke takes them', () => {
  const accepted: readonly (readonly [string, string | undefined, Expectation])[] = [
    ['my-function', undefined, { name: 'my-function' }],
    ['my-function', '1', { name: 'my-function', qualifier: '1' }],
    ['my-function:live', undefined, { name: 'my-function', qualifier: 'live' }],
    ['my-function:$LATEST', undefined, { name: 'my-function', qualifier: '$LATEST' }],
    ['my-function:$LATEST.PUBLISHED', undefined, { name: 'my-function', qualifier: '$LATEST.PUBLISHED' }],
    ['function:my-function', undefined, { name: 'my-function' }],
    ['123456789012:function:my-function', undefined, { name: 'my-function' }],
    ['123456789012:function:my-function:2', undefined, { name: 'my-function', qualifier: '2' }],
    ['123456789012:my-function', undefined, { name: 'my-function' }],
    ['us-east-1:123456789012:function:my-function', undefined, { name: 'my-function' }],
    [arn('my-function'), undefined, { name: 'my-function' }],
    [arn('my-function:live'), undefined, { name: 'my-function', qualifier: 'live' }],
    [arn('my-function:1'), '1', { name: 'my-function', qualifier: '1' }],
    // Recorded: a function that is literally called "function".
    ['function', undefined, { name: 'function' }],
    [long(65), undefined, { name: long(65) }],
    ['my-function', '$latest', { name: 'my-function', qualifier: '$latest' }],
    ['my-function', long(65), { name: 'my-function', qualifier: long(65) }],
    ['my.function_1', undefined, { name: 'my.function_1' }],
  ];
  for (const [name, qualifier, expected] of accepted) {
    test(`${name}${qualifier === undefined ? '' : ` with ${qualifier}`} is accepted`, () =>
      check({ name, ...(qualifier === undefined ? {} : { qualifier }) }, expected));
  }

  const refused: readonly (readonly [string, string | undefined, string, ...string[]])[] = [
    ['*', undefined, brokenPattern],
    ['my-function!', undefined, brokenPattern],
    ['', undefined, 'Member must have length greater than or equal to 1', brokenPattern],
    ['my-function', 'invalid!', brokenPattern],
    ['my-function', long(129), `${tooLong} 128`],
    ['my-function', '', 'Member must have length greater than or equal to 1', brokenPattern],
    ['invalid-account:function:my-function', undefined, brokenPattern],
    ['arn:aws:lambda:invalid-region:123456789012:function:my-function', undefined, brokenPattern],
    ['arn:aws:ec2:us-east-1:123456789012:instance:i-1234567890abcdef0', undefined, brokenPattern],
    ['arn:aws:lambda::123456789012:function:my-function', undefined, brokenPattern],
    ['arn:aws:lambda:us-east-1::function:my-function', undefined, brokenPattern],
    ['arn:aws:lambda:us-east-1:123400000000@function:myfn', undefined, brokenPattern],
    [arn('my-function:1:2'), undefined, brokenPattern],
    ['function:my-function:$LATEST:extra', undefined, brokenPattern],
    [arn('my-function:$LATES'), undefined, brokenPattern],
    [long(257), undefined, `${tooLong} 256`],
    // Recorded in this order: the qualifier before the name.
    [
      `arn:aws:lambda:invalid-region:123456789012:function:my-function`,
      long(129),
      `${tooLong} 128`,
      brokenPattern,
    ],
    [arn('my-function:$LATEST'), '1', `400 ${conflict}`],
    [arn('my-function:1'), '$LATEST', `400 ${conflict}`],
    [
      'arn:aws:lambda:ap-southeast-1:123456789012:function:my-function',
      undefined,
      "404 Functions from 'ap-southeast-1' are not reachable in this region ('us-east-1')",
    ],
    [
      'arn:aws:lambda:us-east-1:210987654321:function:my-function',
      undefined,
      '403 Functions of account 210987654321 cannot be reached: this engine serves account 123456789012.',
    ],
  ];
  for (const [name, qualifier, ...refusals] of refused) {
    const shown = (text: string) => (text.length > 100 ? `${text.length} characters` : `"${text}"`);
    test(`${shown(name)}${qualifier === undefined ? '' : ` with ${shown(qualifier)}`} is refused`, () =>
      check({ name, ...(qualifier === undefined ? {} : { qualifier }) }, { refusals }));
  }

  test('a failure is worded as AWS words it', () => {
    assert.deepEqual(functionNameFailures('*'), [
      "Value '*' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?",
    ]);
  });
});
