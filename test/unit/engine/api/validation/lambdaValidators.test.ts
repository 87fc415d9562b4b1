import assert from 'node:assert/strict';
import {
  knownRuntimes,
  lambdaValidators,
} from '../../../../../src/engine/api/validation/lambdaValidators.ts';

const validators = lambdaValidators();

function check(operation: string, input: Readonly<Record<string, unknown>>, expected: readonly string[]) {
  assert.deepEqual(validators(operation)(input), expected);
}

const role = 'arn:aws:iam::000000000000:role/r';
const create = (more: Readonly<Record<string, unknown>>) => ({
  FunctionName: 'f',
  Role: role,
  Code: {},
  ...more,
});

suite("constraints of Lambda's model", () => {
  test('an input that is right has no failure', () => {
    check(
      'CreateFunction',
      create({ Timeout: 900, Layers: [], Environment: { Variables: { NAME: 'x' } } }),
      [],
    );
    check('ListFunctions', {}, []);
    check('GetAccountSettings', {}, []);
  });

  for (const [what, operation, input, failure] of [
    [
      'a required member',
      'CreateFunction',
      { FunctionName: 'f', Code: {} },
      "Value null at 'role' failed to satisfy constraint: Member must not be null",
    ],
    [
      'a number that is too small',
      'CreateFunction',
      create({ Timeout: 0 }),
      "Value '0' at 'timeout' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
    [
      'a number that is too large',
      'ListVersionsByFunction',
      { FunctionName: 'f', MaxItems: 10_001 },
      "Value '10001' at 'maxItems' failed to satisfy constraint: Member must have value less than or equal to 10000",
    ],
    [
      'a text that is too long',
      'PublishVersion',
      { FunctionName: 'f', Description: 'x'.repeat(257) },
      `Value '${'x'.repeat(257)}' at 'description' failed to satisfy constraint: Member must have length less than or equal to 256`,
    ],
    [
      'a pattern',
      'CreateAlias',
      { FunctionName: 'f', Name: '12', FunctionVersion: '1' },
      "Value '12' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: (?!^[0-9]+$)([a-zA-Z0-9-_]+)",
    ],
    [
      'an enum',
      'CreateFunctionUrlConfig',
      { FunctionName: 'f', AuthType: 'none' },
      "Value 'none' at 'authType' failed to satisfy constraint: Member must satisfy enum value set: [NONE, AWS_IAM]",
    ],
    [
      'a member of a structure',
      'CreateFunction',
      create({ EphemeralStorage: { Size: 511 } }),
      "Value '511' at 'ephemeralStorage.size' failed to satisfy constraint: Member must have value greater than or equal to 512",
    ],
    [
      'the length of a list',
      'CreateFunction',
      create({ Architectures: ['x86_64', 'arm64'] }),
      "Value '[x86_64, arm64]' at 'architectures' failed to satisfy constraint: Member must have length less than or equal to 1",
    ],
    [
      'the elements of a list',
      'CreateFunction',
      create({ Architectures: ['sparc'] }),
      "Value '[sparc]' at 'architectures' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [x86_64, arm64]]",
    ],
    [
      'the keys of a map, without the values',
      'CreateFunction',
      create({ Environment: { Variables: { '1': 'secret' } } }),
      "Value '{1=***}' at 'environment.variables' failed to satisfy constraint: Map keys must satisfy constraint: [Member must satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+]",
    ],
    [
      'the values of a map',
      'CreateAlias',
      {
        FunctionName: 'f',
        Name: 'live',
        FunctionVersion: '1',
        RoutingConfig: { AdditionalVersionWeights: { 2: 1.5 } },
      },
      "Value '{2=***}' at 'routingConfig.additionalVersionWeights' failed to satisfy constraint: Map value must satisfy constraint: [Member must have value less than or equal to 1]",
    ],
  ] as const) {
    test(`${what} is told in AWS's words`, () => check(operation, input, [failure]));
  }

  test('runtimes are checked elsewhere, but known here', () => {
    check('CreateFunction', create({ Runtime: 'cobol' }), []);
    assert.ok(knownRuntimes.includes('nodejs24.x'));
  });

  test('a zip file is not printed', () => {
    const failures = validators('CreateFunction')({
      ...create({}),
      FunctionName: '',
      Code: { ZipFile: new Uint8Array(3) },
    });
    assert.equal(failures.length, 2);
    assert.doesNotMatch(failures.join(), /0, ?0|Uint8/);
  });
});
