import type { FunctionDefinition } from '../../../../src/model/functionDefinition.ts';

/** A function with Lambda's defaults. */
export function definition(given: Partial<FunctionDefinition> = {}): FunctionDefinition {
  return {
    name: 'orders',
    logicalId: 'OrdersFunction',
    runtime: 'nodejs24.x',
    handler: 'src/orders.handler',
    codeDirectory: '/project',
    entryFile: '/project/src/orders.ts',
    timeoutSeconds: 3,
    memorySizeMb: 128,
    environment: {},
    definedAt: { file: '/project/template.yaml', startLine: 1, startColumn: 1, endLine: 9, endColumn: 1 },
    ...given,
  };
}
