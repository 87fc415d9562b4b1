import { ts } from 'ts-morph';
import type { TriggerFacts } from '../../model/functionFacts.ts';
import type { Scope, Unit } from '../phases/model.ts';
import { lookup } from '../phases/scopes.ts';
import { accessedName, unwrap } from '../syntax.ts';
import { isConditional } from './branches.ts';
import { behindNames, constantText, environmentVariable, textStart } from './constants.ts';
import { isEventPart } from './eventData.ts';
import { triggersOf } from './invocations.ts';
import { defineRule, type ReachedCode } from './rule.ts';
import { inputProperty, type SdkCommand, sdkCommands } from './sdkCommands.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html */
export const recursiveTrigger = defineRule({
  name: 'recursive-trigger',
  severity: 'warning',
  title: 'A function writes to what invokes it',
  messages: {
    event:
      'This goes back to where the event came from, which invokes the function again, and so on. Write to another {kind}, or leave unless there is something to do.',
    source:
      '{source} invokes this function, and this invokes it again, and so on. Write to another {kind}, or leave unless there is something to do.',
    itself:
      'The function invokes itself every time: nothing ends that. Do so only while there is more to do.',
  },
  check(code, report) {
    const invoked = code.invoked;
    for (const command of sdkCommands(code)) {
      const { node, site } = command;
      const phase = code.phaseAt(node);
      if (
        phase === 'invoke' &&
        isSameEvent(command, invoked) &&
        !isConditional(node, site.scope.unit, code)
      ) {
        report({ node, message: 'event', data: { kind: 'source or detail type' } });
      }
      const target = targets[`${command.service} ${command.name}`];
      const value = target && command.input && inputProperty(command.input, target.property);
      if (!target || !value || !command.input || (phase !== 'invoke' && phase !== 'both')) continue;
      if (isConditional(node, site.scope.unit, code)) continue;
      const { scope } = command.input;
      const data = { kind: target.kind };
      if (target.kind === 'function') {
        if (isThisFunction(value, scope, invoked, code)) report({ node, message: 'itself' });
        continue;
      }
      const trigger = triggerBehind(value, scope, site.scope.unit, code);
      if (trigger) {
        if (!isFiltered(command, trigger, code))
          report({ node, message: 'source', data: { ...data, source: trigger.label } });
      } else if (
        isFromEvent(value, scope, target.property, invoked, code) &&
        !isFiltered(command, undefined, code)
      ) {
        report({ node, message: 'event', data });
      }
    }
  },
});

/** Commands by what they write to. */
const targets: Readonly<Record<string, { readonly property: string; readonly kind: string }>> = {
  's3 PutObject': { property: 'Bucket', kind: 'bucket' },
  's3 CopyObject': { property: 'Bucket', kind: 'bucket' },
  'sqs SendMessage': { property: 'QueueUrl', kind: 'queue' },
  'sqs SendMessageBatch': { property: 'QueueUrl', kind: 'queue' },
  'sns Publish': { property: 'TopicArn', kind: 'topic' },
  'kinesis PutRecord': { property: 'StreamName', kind: 'stream' },
  'kinesis PutRecords': { property: 'StreamName', kind: 'stream' },
  'dynamodb PutItem': { property: 'TableName', kind: 'table' },
  'dynamodb Put': { property: 'TableName', kind: 'table' },
  'dynamodb UpdateItem': { property: 'TableName', kind: 'table' },
  'dynamodb Update': { property: 'TableName', kind: 'table' },
  'lambda Invoke': { property: 'FunctionName', kind: 'function' },
};

/** An event for EventBridge with the source and the detail type of the one that has come. */
function isSameEvent({ service, name, input }: SdkCommand, invoked: ReadonlySet<Unit>): boolean {
  const entries =
    service === 'eventbridge' && name === 'PutEvents' && input ? inputProperty(input, 'Entries') : undefined;
  const list = entries && unwrap(entries);
  if (!input || !list || !ts.isArrayLiteralExpression(list)) return false;
  return list.elements.some(element => {
    const entry = unwrap(element);
    if (!ts.isObjectLiteralExpression(entry)) return false;
    return ['Source', 'DetailType'].every(property => {
      const value = inputProperty({ object: entry, scope: input.scope }, property);
      return value !== undefined && isEventPart(value, input.scope, invoked);
    });
  });
}

/** What the project says invokes the function and is named by the value. */
function triggerBehind(
  value: ts.Expression,
  scope: Scope,
  unit: Unit,
  code: ReachedCode,
): TriggerFacts | undefined {
  const variable = environmentVariable(value, scope, code);
  const text = constantText(value, scope, code);
  return code
    .handlersOf(unit)
    .flatMap(handler => triggersOf(handler, code))
    .find(({ variables, names }) => {
      if (variable !== undefined && variables.includes(variable)) return true;
      return text !== undefined && names.includes(text);
    });
}

/** The bucket, the topic or the queue that the event itself names. */
function isFromEvent(
  value: ts.Expression,
  scope: Scope,
  property: string,
  invoked: ReadonlySet<Unit>,
  code: ReachedCode,
): boolean {
  const { value: behind, scope: at } = behindNames(value, scope, code);
  if (!isEventPart(value, scope, invoked)) return false;
  const text = `${behind.getText()} ${value.getText()} ${sourceTexts(behind, at)}`;
  if (property === 'Bucket') return /\bbucket\b/.test(text) && /\bs3\b/.test(text);
  return property === 'TopicArn' && /TopicArn/.test(text);
}

/** Where the names of an expression come from, as they are written. */
function sourceTexts(node: ts.Node, scope: Scope, depth = 0): string {
  const root = rootOf(node);
  const binding = root && lookup(scope, root.text);
  if (!binding || depth > 6) return '';
  return binding.sources
    .map(source => {
      const text = `${source.expression.getText().slice(0, 500)} ${source.path.join('.')}`;
      return `${text} ${sourceTexts(source.expression, source.scope, depth + 1)}`;
    })
    .join(' ');
}

function rootOf(node: ts.Node): ts.Identifier | undefined {
  let at = unwrap(node);
  while (ts.isPropertyAccessExpression(at) || ts.isElementAccessExpression(at)) at = unwrap(at.expression);
  return ts.isIdentifier(at) ? at : undefined;
}

/** A key that the notification is not about, or may well not be about where the project does not tell. */
function isFiltered(
  { input, service }: SdkCommand,
  trigger: TriggerFacts | undefined,
  code: ReachedCode,
): boolean {
  if (service === 'dynamodb') return trigger?.kind !== 'dynamodb';
  const key = service === 's3' && input ? inputProperty(input, 'Key') : undefined;
  if (!key || !input) return false;
  const start = textStart(key, input.scope, code) ?? '';
  const end = textEnd(key, input.scope, code);
  if (!trigger) return start !== '';
  if (trigger.prefix !== undefined && start !== '' && !start.startsWith(trigger.prefix)) return true;
  return trigger.suffix !== undefined && end !== '' && !end.endsWith(trigger.suffix);
}

function textEnd(node: ts.Node, scope: Scope, code: ReachedCode): string {
  const { value } = behindNames(node, scope, code);
  if (ts.isStringLiteralLike(value)) return value.text;
  if (ts.isTemplateExpression(value)) return value.templateSpans.at(-1)?.literal.text ?? '';
  return ts.isBinaryExpression(value) ? textEnd(value.right, scope, code) : '';
}

/** `context.functionName`, `context.invokedFunctionArn`, `process.env.AWS_LAMBDA_FUNCTION_NAME` */
function isThisFunction(
  value: ts.Expression,
  scope: Scope,
  invoked: ReadonlySet<Unit>,
  code: ReachedCode,
): boolean {
  if (environmentVariable(value, scope, code) === 'AWS_LAMBDA_FUNCTION_NAME') return true;
  const { value: behind, scope: at } = behindNames(value, scope, code);
  const name = accessedName(behind);
  const root = rootOf(behind);
  const binding = root && lookup(at, root.text);
  if (!binding) return false;
  if (name !== undefined) {
    const isContext = binding.parameter?.index === 1 && invoked.has(binding.owner);
    return isContext && /^(functionName|invokedFunctionArn)$/.test(name);
  }
  return binding.sources.some(({ expression, path }) => {
    const isOfParameter = ts.isParameter(expression) && invoked.has(binding.owner);
    return isOfParameter && /^(functionName|invokedFunctionArn)$/.test(path[0] ?? '');
  });
}
