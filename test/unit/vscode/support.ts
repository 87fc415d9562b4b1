import type { FunctionDefinition } from '../../../src/model/functionDefinition.ts';
import type { SourceRange } from '../../../src/model/source.ts';
import type { Trigger } from '../../../src/model/trigger.ts';

export function rangeAt(line: number, file = '/app/template.yaml'): SourceRange {
  return { file, startLine: line, startColumn: 3, endLine: line, endColumn: 9 };
}

export function definitionOf(name: string, facts: Partial<FunctionDefinition> = {}): FunctionDefinition {
  return {
    name,
    logicalId: name,
    runtime: 'nodejs24.x',
    handler: 'src/orders.handler',
    codeDirectory: '/app',
    timeoutSeconds: 3,
    memorySizeMb: 128,
    environment: {},
    definedAt: rangeAt(2),
    ...facts,
  };
}

export function triggerOf(functionName: string, facts: Partial<Trigger> = {}): Trigger {
  return {
    kind: 'httpApi',
    functionName,
    label: 'POST /orders',
    logicalId: 'Route',
    stackId: 'template.yaml',
    definedAt: rangeAt(9),
    ...facts,
  };
}
