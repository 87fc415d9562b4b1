import assert from 'node:assert/strict';
import { admit } from '../../../../src/engine/functions/admission.ts';
import { type FunctionDefinition, imageRuntime } from '../../../../src/model/functionDefinition.ts';
import { definition } from './definition.ts';

const arn = 'arn:aws:lambda:eu-west-1:123456789012:function:orders';

suite('whether an invocation is accepted', () => {
  const refusal = (function_: FunctionDefinition | undefined, qualifier?: string) => {
    const admission = admit(function_, arn, qualifier);
    return admission.kind === 'refused' ? admission.error : undefined;
  };

  test('a Node.js function is, with $LATEST or without a qualifier', () => {
    assert.equal(refusal(definition()), undefined);
    assert.equal(refusal(definition(), '$LATEST'), undefined);
  });

  test('a function that does not exist is not found, and neither is an unknown qualifier', () => {
    const missing = (message: string) => ({
      name: 'ResourceNotFoundException',
      status: 404,
      body: { Type: 'User', Message: message },
    });
    assert.deepEqual(refusal(undefined), missing(`Function not found: ${arn}:$LATEST`));
    assert.deepEqual(refusal(undefined, 'live'), missing(`Function not found: ${arn}:live`));
    assert.deepEqual(refusal(definition(), '7'), missing(`Function not found: ${arn}:7`));
  });

  for (const runtime of ['python2.7', 'ruby3.4', 'java21', 'nodejs24']) {
    test(`the runtime ${runtime} is refused by name`, () => {
      const error = refusal(definition({ runtime }));
      assert.deepEqual([error?.name, error?.status], ['InvalidRuntimeException', 502]);
      assert.equal(
        error?.body.Message,
        `UnsupportedByLambdaLens: Runtime=${runtime}. Lambda Lens runs Node.js (such as nodejs24.x), Python (such as python3.13), provided.al2023 and provided.al2.`,
      );
    });
  }

  test('a container image is refused by name', () => {
    const error = refusal(definition({ runtime: imageRuntime, handler: '' }));
    assert.match(String(error?.body.Message), /^UnsupportedByLambdaLens: PackageType=Image\. /);
  });

  test('variables with reserved names are refused as CreateFunction does', () => {
    const error = refusal(definition({ environment: { AWS_REGION: 'x', TABLE: 'y', _HANDLER: 'z' } }));
    assert.deepEqual(error, {
      name: 'InvalidParameterValueException',
      status: 400,
      body: {
        Type: 'User',
        message:
          'Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: AWS_REGION, _HANDLER',
      },
    });
  });

  test('more than 4 KB of variables are refused', () => {
    const sized = (length: number) => definition({ environment: { A1: 'x'.repeat(length) } });
    assert.equal(refusal(sized(4096 - '{"A1":""}'.length)), undefined);
    assert.match(
      String(refusal(sized(4096 - '{"A1":""}'.length + 1))?.body.message),
      /exceeded the 4KB limit\. String measured: \{"A1":"x+"\}$/,
    );
  });
});
