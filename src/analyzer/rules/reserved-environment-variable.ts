import { ts } from 'ts-morph';
import { reservedVariableNames } from '../../model/reservedVariables.ts';
import { accessedName, unwrap } from '../syntax.ts';
import { isEnvironment } from './constants.ts';
import { defineRule } from './rule.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
export const reservedEnvironmentVariable = defineRule({
  name: 'reserved-environment-variable',
  severity: 'error',
  title: 'An environment variable is set that belongs to Lambda',
  messages: {
    refused:
      'Lambda sets {name} itself and refuses a function that sets it: the deployment fails. Take another name.',
    replaced:
      '{name} is set by Lambda, for all code of the environment: clients that are built from here on, those of packages too, get this value instead. Pass it to the client that needs it.',
  },
  check({ file }, report) {
    for (const [name, assignments] of file.propertyAssignments) {
      if (!reservedVariableNames.has(name)) continue;
      for (const { target, value, scope, node } of assignments) {
        if (!isEnvironment((unwrap(target) as ts.PropertyAccessExpression).expression, scope)) continue;
        if (isDefault(node) || readsItself(value, name)) continue;
        report({ node: target, message: 'replaced', data: { name }, severity: 'warning' });
      }
    }
  },
  checkTemplates({ model }, report) {
    for (const { environment, ranges, definedAt } of model.functions) {
      for (const name of Object.keys(environment)) {
        if (!reservedVariableNames.has(name)) continue;
        report({ range: ranges?.[`environment.${name}`] ?? definedAt, message: 'refused', data: { name } });
      }
    }
  },
});

/** `process.env.AWS_REGION ??= 'eu-west-1'` changes nothing on Lambda. */
function isDefault(node: ts.Node): boolean {
  if (!ts.isBinaryExpression(node)) return false;
  const { kind } = node.operatorToken;
  return kind === ts.SyntaxKind.QuestionQuestionEqualsToken || kind === ts.SyntaxKind.BarBarEqualsToken;
}

/** `process.env.AWS_REGION = process.env.AWS_REGION || 'eu-west-1'` neither. */
function readsItself(value: ts.Node, name: string): boolean {
  if (accessedName(value) === name) return true;
  return ts.forEachChild(value, child => readsItself(child, name) || undefined) ?? false;
}
