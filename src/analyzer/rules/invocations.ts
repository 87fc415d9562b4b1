import { ts } from 'ts-morph';
import type { TriggerFacts } from '../../model/functionFacts.ts';
import type { Handler } from '../handlers.ts';
import type { Unit } from '../phases/model.ts';
import type { ReachedCode } from './rule.ts';

/** What the project says of everything that invokes a handler. */
export function triggersOf(handler: Handler, code: ReachedCode): readonly TriggerFacts[] {
  return code.factsOf(handler).flatMap(({ triggers }) => triggers);
}

/**
 * Whether Lambda may run an invocation again for the same event: one that is asynchronous, or that a mapping
 * makes. Where the project does not tell, the types of the handler do, or what it reads of the event.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-retries.html
 */
export function isRepeated(handler: Handler, code: ReachedCode): boolean {
  const triggers = triggersOf(handler, code);
  if (triggers.length > 0) return triggers.some(({ kind }) => repeated.test(kind));
  return invokedBy(handler, code).some(unit => repeatedType.test(signatureOf(unit)) || readsRecords(unit));
}

const repeated = /^(s3|sns|eventBridge|schedule|sqs|kinesis|dynamodb|kafka|mq|documentdb|logs|iot)$/;
const repeatedType =
  /\b(S3|SNS|SQS|SES|Kinesis\w*|DynamoDBStream|MSK|SelfManagedKafka|EventBridge|Scheduled|CloudWatchLogs|CodePipeline\w*|IoT)(Event|Handler)\b/;

/** Events of API Gateway and the like have no records. Those of CloudFront do, but Lambda never repeats them. */
function readsRecords({ node }: Unit): boolean {
  const text = node.getText();
  return /\.Records\b/.test(text) && !/\.cf\b/.test(text);
}

function invokedBy(handler: Handler, { inspection: { entryPoints, graph } }: ReachedCode): readonly Unit[] {
  const entry = entryPoints.get(handler);
  return [...((entry && graph.invoked.get(entry)) ?? [])];
}

/** The types that a function's parameters and the variable that holds it are declared to have. */
export function signatureOf({ node }: Unit): string {
  const { parent } = node;
  const holder =
    parent && (ts.isSatisfiesExpression(parent) || ts.isAsExpression(parent)) ? parent.type : undefined;
  const declared = parent && ts.isVariableDeclaration(parent) ? parent.type : holder;
  const parameters = (node as Partial<ts.FunctionLikeDeclaration>).parameters ?? [];
  return [declared, ...parameters.map(({ type }) => type)].map(type => type?.getText() ?? '').join(' ');
}

/** Whether any code that a handler reaches, comments apart, has a word in it. */
export function mentions(handler: Handler, words: RegExp, code: ReachedCode): boolean {
  return code.filesOf(handler).some(({ source: { text } }) => {
    return words.test(text) && words.test(text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$|\s\/\/ .*$/gm, ''));
  });
}
