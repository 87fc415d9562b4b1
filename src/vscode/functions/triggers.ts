import type { FunctionDefinition } from '../../model/functionDefinition.ts';
import type { Trigger, TriggerKind } from '../../model/trigger.ts';

interface TriggerLooks {
  /** The name of a product icon. */
  readonly icon: string;
  /** AWS's name of what invokes the function. */
  readonly name: string;
}

const looks: Readonly<Record<TriggerKind, TriggerLooks>> = {
  restApi: { icon: 'globe', name: 'REST API' },
  httpApi: { icon: 'globe', name: 'HTTP API' },
  webSocket: { icon: 'radio-tower', name: 'WebSocket API' },
  functionUrl: { icon: 'link', name: 'Function URL' },
  authorizer: { icon: 'shield', name: 'Lambda authorizer' },
  loadBalancer: { icon: 'server', name: 'Load balancer' },
  s3: { icon: 'archive', name: 'S3' },
  sns: { icon: 'megaphone', name: 'SNS' },
  eventBridge: { icon: 'symbol-event', name: 'EventBridge' },
  schedule: { icon: 'clock', name: 'Schedule' },
  sqs: { icon: 'inbox', name: 'SQS' },
  kinesis: { icon: 'pulse', name: 'Kinesis' },
  dynamodb: { icon: 'table', name: 'DynamoDB' },
  kafka: { icon: 'list-ordered', name: 'Kafka' },
  mq: { icon: 'mail', name: 'Amazon MQ' },
  documentdb: { icon: 'database', name: 'DocumentDB' },
  logs: { icon: 'output', name: 'CloudWatch Logs' },
  cognito: { icon: 'account', name: 'Cognito' },
  iot: { icon: 'circuit-board', name: 'IoT' },
  alexa: { icon: 'mic', name: 'Alexa' },
  other: { icon: 'zap', name: 'Trigger' },
};

export function triggerIcon(kind: TriggerKind): string {
  return looks[kind].icon;
}

export function triggerName(kind: TriggerKind): string {
  return looks[kind].name;
}

/** What invokes a function; the one that it is there for comes first. */
export function triggersOf(
  definition: FunctionDefinition,
  triggers: readonly Trigger[] = [],
): readonly Trigger[] {
  const own = triggers.filter(({ functionName }) => functionName === definition.name);
  return own.toSorted((a, b) => rank(a.kind) - rank(b.kind));
}

/** A function may also be scheduled, to keep it warm for example; what else invokes it says more of it. */
function rank(kind: TriggerKind): number {
  if (kind === 'other') return 2;
  return kind === 'schedule' ? 1 : 0;
}

/** One line about a function: `nodejs24.x · POST /orders +2`. */
export function describeFunction(definition: FunctionDefinition, triggers: readonly Trigger[]): string {
  const [main, ...others] = triggers;
  if (!main) return definition.runtime;
  const more = others.length > 0 ? ` +${others.length}` : '';
  return `${definition.runtime} · ${main.label}${more}`;
}
