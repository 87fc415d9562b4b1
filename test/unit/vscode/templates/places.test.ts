import assert from 'node:assert/strict';
import type { FunctionDefinition, ProjectProblem } from '../../../../src/model/functionDefinition.ts';
import { mentionsFunctions } from '../../../../src/vscode/templates/candidates.ts';
import { missingFileProblem } from '../../../../src/vscode/templates/missingFile.ts';
import { nearestFirst } from '../../../../src/vscode/templates/nearest.ts';
import { definitionOf, rangeAt } from '../support.ts';

suite('a text that may be a template', () => {
  const check = (text: string, expected: boolean) =>
    test(`${JSON.stringify(text)} ${expected ? 'may be one' : 'is none'}`, () => {
      assert.equal(mentionsFunctions(text), expected);
    });
  check('Resources:\n  A:\n    Type: AWS::Serverless::Function', true);
  check('{ "Type": "AWS::Lambda::Function" }', true);
  check('service: shop\nfunctions:\n  orders:', true);
  check('Type: AWS::S3::Bucket', false);
  check('my functions: none', false);
  check('{ "name": "shop" }', false);
});

suite('the problem of a function without a source file', () => {
  const message = 'No source file for the handler src/orders.handler is in services.';
  const handler = rangeAt(5);
  const check = (
    title: string,
    facts: Partial<FunctionDefinition>,
    problem: ProjectProblem,
    expected: boolean,
  ) =>
    test(title, () => {
      const found = missingFileProblem(definitionOf('orders', { ranges: { handler }, ...facts }), {
        problems: [problem],
      });
      assert.equal(found, expected ? problem : undefined);
    });
  const problem: ProjectProblem = { severity: 'error', message, range: handler };
  check('is the one at its handler', {}, problem, true);
  check(
    'is the one at the function where the handler has no place',
    { ranges: {}, definedAt: handler },
    problem,
    true,
  );
  check('is not one at another place', {}, { ...problem, range: rangeAt(6) }, false);
  check('is not one of something else', {}, { ...problem, message: 'Handler is written twice here.' }, false);
  check('is none where there is a file', { entryFile: '/app/src/orders.ts' }, problem, false);
});

suite('the nearest files', () => {
  test('are those in the same folder, then those in folders above and below', () => {
    const files = ['/app/other/a.ts', '/app/src/api/b.ts', '/app/c.ts', '/app/src/d.ts', '/app/src/d.ts'];
    assert.deepEqual(nearestFirst('/app/src', files), [
      '/app/src/d.ts',
      '/app/src/api/b.ts',
      '/app/c.ts',
      '/app/other/a.ts',
    ]);
  });
});
