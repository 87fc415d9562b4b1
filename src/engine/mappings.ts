import { createEventSourceMappingOperations } from './api/operations/mappings/eventSourceMappings.ts';
import type { OperationHandler } from './api/operations/operation.ts';
import { validated } from './api/operations/validated.ts';
import type { Deployments } from './deployments.ts';
import type { Sender, ServiceCaller } from './invoke/async/sender.ts';
import type { Invoker } from './invoke/invocation.ts';
import type { CredentialIssuer } from './ports.ts';
import type { AwsServices } from './services/awsServices.ts';
import { createOwnCaller } from './services/ownCaller.ts';
import {
  createEventSourceMappings,
  type EventSourceMappings,
  type EventSourceMappingsParts,
} from './sources/eventSourceMappings.ts';
import { createTellDiscarded } from './sources/streams/tellDiscarded.ts';
import type { InvocationHistory } from './store/invocationHistory.ts';

export interface MappingsOptions {
  readonly region: string;
  readonly accountId: string;
  readonly endpoint: string;
  /** How many batches of one mapping are worked on at once. */
  readonly mostAtOnce: number;
}

export interface MappingsParts
  extends Pick<EventSourceMappingsParts, 'clock' | 'ids' | 'log' | 'events' | 'database'> {
  readonly credentials: Pick<CredentialIssuer, 'issue'>;
  readonly deployments: Pick<Deployments, 'catalog' | 'find' | 'roleOf'>;
  readonly services: Pick<AwsServices, 'whenUsed' | 'isConfigured'>;
  readonly invoker: Pick<Invoker, 'invoke'>;
  readonly history: Pick<InvocationHistory, 'remember' | 'forget'>;
  /** Calls services for the engine itself. */
  readonly call: ServiceCaller;
  readonly send: Sender;
}

/** The event source mappings with the operations of the API on them. */
export interface Mappings extends EventSourceMappings {
  readonly operations: Readonly<Record<string, OperationHandler>>;
}

export function createMappings(options: MappingsOptions, parts: MappingsParts): Mappings {
  const { endpoint, mostAtOnce } = options;
  const { credentials, deployments, services, invoker, history } = parts;
  const callers = new Map<string, ServiceCaller>();
  const mappings = createEventSourceMappings({
    ...parts,
    mostAtOnce,
    callerOf(functionName, uuid) {
      const roleArn = deployments.roleOf(functionName);
      const key = `${uuid} ${functionName} ${roleArn}`;
      const caller =
        callers.get(key) ??
        createOwnCaller(endpoint, credentials.issue({ kind: 'mapping', uuid, functionName, roleArn }));
      callers.set(key, caller);
      return caller;
    },
    roleOf: name => deployments.roleOf(name),
    async invoke(request) {
      history.remember(request.requestId, request.payload);
      const outcome = await invoker.invoke(request);
      if (outcome.kind === 'rejected') history.forget(request.requestId);
      return outcome;
    },
    discard: createTellDiscarded({ ...parts, home: options }),
    whenUsed: service => services.whenUsed(service),
    isConfigured: service => services.isConfigured(service),
  });
  const operations = validated(createEventSourceMappingOperations({ ...deployments, mappings }));
  return Object.assign(mappings, { operations });
}
