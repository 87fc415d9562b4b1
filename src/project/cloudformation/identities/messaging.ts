import { type Identify, named, namedByArn } from './identity.ts';

const queue: Identify = ({ settings: { region, accountId }, name, property }) => {
  const queueName = withFifo(name('QueueName'), property('FifoQueue'));
  const url = `https://sqs.${region}.amazonaws.com/${accountId}/${queueName}`;
  const arn = `arn:aws:sqs:${region}:${accountId}:${queueName}`;
  return { ref: url, arn, attributes: { Arn: arn, QueueName: queueName, QueueUrl: url } };
};

const topic: Identify = ({ settings: { region, accountId }, name, property }) => {
  const topicName = withFifo(name('TopicName'), property('FifoTopic'));
  const arn = `arn:aws:sns:${region}:${accountId}:${topicName}`;
  return { ref: arn, arn, attributes: { TopicArn: arn, TopicName: topicName } };
};

/** What generates the name of a FIFO queue or topic adds the suffix that it has to have. */
function withFifo(name: string, fifo: string | undefined): string {
  return fifo === 'true' && !name.endsWith('.fifo') ? `${name}.fifo` : name;
}

/** Rules of a bus of one's own have the bus in their ARN. */
const rule: Identify = ({ settings: { region, accountId }, name, property }) => {
  const bus = property('EventBusName')?.split('/').at(-1);
  const path = bus && bus !== 'default' ? `${bus}/${name('Name')}` : name('Name');
  const arn = `arn:aws:events:${region}:${accountId}:rule/${path}`;
  return { ref: name('Name'), arn, attributes: { Arn: arn } };
};

const schedule: Identify = ({ settings: { region, accountId }, name, property }) => {
  const group = property('GroupName') ?? 'default';
  const arn = `arn:aws:scheduler:${region}:${accountId}:schedule/${group}/${name('Name')}`;
  return { ref: name('Name'), arn, attributes: { Arn: arn } };
};

const eventBus: Identify = subject => {
  const identity = named('events', 'event-bus/', 'Name')(subject);
  return { ...identity, attributes: { ...identity.attributes, Name: identity.ref } };
};

export const messagingIdentities: Readonly<Record<string, Identify>> = {
  'AWS::SQS::Queue': queue,
  'AWS::SNS::Topic': topic,
  'AWS::Events::EventBus': eventBus,
  'AWS::Events::Rule': rule,
  'AWS::Scheduler::Schedule': schedule,
  'AWS::Scheduler::ScheduleGroup': named('scheduler', 'schedule-group/', 'Name'),
  'AWS::StepFunctions::StateMachine': namedByArn('states', 'stateMachine:', 'StateMachineName'),
  'AWS::Serverless::StateMachine': namedByArn('states', 'stateMachine:', 'Name'),
  'AWS::Pipes::Pipe': named('pipes', 'pipe/', 'Name'),
};
