import assert from 'node:assert/strict';
import type { FunctionDefinition } from '../../../../src/model/functionDefinition.ts';
import type { StackDefinition } from '../../../../src/model/resource.ts';
import { groupByStack, type StackGroup } from '../../../../src/vscode/functions/stacks.ts';
import { definitionOf, rangeAt } from '../support.ts';

suite('functions by stack', () => {
  const stack = (id: string, parentId?: string): StackDefinition => ({
    id,
    name: 'local',
    dialect: 'sam',
    file: `/app/${id}`,
    ...(parentId !== undefined && { parentId }),
  });
  const check = (
    title: string,
    stacks: readonly StackDefinition[] | undefined,
    functions: readonly FunctionDefinition[],
    expected: readonly string[],
  ) =>
    test(title, () => {
      const model = { root: '/app', functions, problems: [], files: [], ...(stacks && { stacks }) };
      assert.deepEqual(
        groupByStack(model, file => file.slice('/app/'.length)).flatMap(group => outline(group, '')),
        expected,
      );
    });

  check(
    'are below their templates, by name',
    [stack('b.yaml'), stack('a.yaml')],
    [
      definitionOf('z', { stackId: 'a.yaml' }),
      definitionOf('y', { stackId: 'b.yaml' }),
      definitionOf('x', { stackId: 'a.yaml' }),
    ],
    ['a.yaml: x, z', 'b.yaml: y'],
  );
  check(
    'of nested stacks are below the logical id of the nesting',
    [stack('a.yaml'), stack('a.yaml/Orders', 'a.yaml'), stack('a.yaml/Orders/Queue', 'a.yaml/Orders')],
    [definitionOf('x', { stackId: 'a.yaml/Orders/Queue' }), definitionOf('y', { stackId: 'a.yaml' })],
    ['a.yaml: y', '  Orders: ', '    Queue: x'],
  );
  check(
    'are not told of stacks that have none',
    [stack('a.yaml'), stack('b.yaml')],
    [definitionOf('x', { stackId: 'b.yaml' })],
    ['b.yaml: x'],
  );
  check(
    'of no stack are below their file',
    undefined,
    [definitionOf('x', { definedAt: rangeAt(1, '/app/serverless.yml') }), definitionOf('y')],
    ['serverless.yml: x', 'template.yaml: y'],
  );
  check(
    'of a stack whose parent is not known are not lost',
    [stack('a.yaml/Orders', 'a.yaml')],
    [definitionOf('x', { stackId: 'a.yaml/Orders' })],
    ['a.yaml/Orders: x'],
  );
});

function outline({ label, functions, nested }: StackGroup, indent: string): readonly string[] {
  const names = functions.map(({ name }) => name).join(', ');
  return [`${indent}${label}: ${names}`, ...nested.flatMap(each => outline(each, `${indent}  `))];
}
