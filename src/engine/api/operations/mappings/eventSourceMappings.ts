import type {
  CreateEventSourceMappingRequest,
  DeleteEventSourceMappingRequest,
  EventSourceMappingConfiguration,
  GetEventSourceMappingRequest,
  ListEventSourceMappingsRequest,
  ListEventSourceMappingsResponse,
  UpdateEventSourceMappingRequest,
} from '@aws-sdk/client-lambda';
import { messageOf } from '../../../../shared/errors.ts';
import { parseTarget } from '../../../invoke/async/targets.ts';
import type { EventSourceMappings } from '../../../sources/eventSourceMappings.ts';
import { isPolledKind, isPolling, type MappingRecord } from '../../../sources/mapping.ts';
import { type QueueClient, QueueFault } from '../../../sources/sqs/queueClient.ts';
import type { StreamClient } from '../../../sources/streams/streamClient.ts';
import { unsupportedSource } from '../../../sources/templateMappings.ts';
import {
  conflict,
  invalid,
  notFound,
  type Refused,
  refused,
  unsupportedHere,
} from '../../../versions/errors.ts';
import { answered, type Deployment, referenceOf } from '../deployment.ts';
import { type OperationHandler, operation } from '../operation.ts';
import { pageOf } from '../paging.ts';
import { describeMapping } from './describeMapping.ts';
import { mappingParameters } from './mappingInput.ts';

export interface MappingDeployment extends Pick<Deployment, 'catalog' | 'find'> {
  readonly mappings: EventSourceMappings;
}

/** What polls queues for functions. https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html */
export function createEventSourceMappingOperations(
  deployment: MappingDeployment,
): Readonly<Record<string, OperationHandler>> {
  const { catalog, mappings } = deployment;

  function known(
    uuid: string | undefined,
  ): { readonly kind: 'known'; readonly record: MappingRecord } | Refused {
    const record = mappings.get(uuid ?? '');
    return record ? { kind: 'known', record } : notFound('The resource you requested does not exist.');
  }

  const describe = (record: MappingRecord) =>
    describeMapping(catalog, record, mappings.resultOf(record.uuid));

  return {
    CreateEventSourceMapping: operation<CreateEventSourceMappingRequest, EventSourceMappingConfiguration>(
      async input => {
        const source = sourceOf(input.EventSourceArn, input.SelfManagedEventSource !== undefined);
        if (source.kind === 'failed') return source;
        const { arn } = source;
        const read = mappingParameters(input, source);
        if (read.kind === 'failed') return read;
        const target = await functionFor(deployment, input.FunctionName, source);
        if (target.kind === 'failed') return target;
        const { functionName, qualifier } = target;
        const twin = mappings
          .all()
          .find(
            other =>
              other.source.arn === arn &&
              other.functionName === functionName &&
              other.qualifier === qualifier &&
              other.state !== 'Deleting',
          );
        if (twin) {
          return conflict(
            source.kind === 'sqs'
              ? `An event source mapping with SQS arn (" ${arn} ") and function (" ${functionName} ") already exists. Please update or delete the existing mapping with UUID ${twin.uuid}`
              : `The event source arn (" ${arn} ") and function (" ${functionName} ") provided mapping already exists. Please update or delete the existing mapping with UUID ${twin.uuid}`,
          );
        }
        return answered(
          describe(
            mappings.create({
              functionName,
              ...(qualifier === undefined ? {} : { qualifier }),
              source,
              parameters: read.parameters,
              state: input.Enabled === false ? 'Disabled' : 'Creating',
            }),
          ),
        );
      },
    ),
    GetEventSourceMapping: operation<GetEventSourceMappingRequest, EventSourceMappingConfiguration>(
      async input => {
        const found = known(input.UUID);
        return found.kind === 'failed' ? found : answered(describe(found.record));
      },
    ),
    ListEventSourceMappings: operation<ListEventSourceMappingsRequest, ListEventSourceMappingsResponse>(
      async input => {
        const named = input.FunctionName ? referenceOf(deployment, input.FunctionName) : undefined;
        if (named?.kind === 'failed') return named;
        const wanted = mappings
          .all()
          .filter(
            ({ functionName, qualifier, source }) =>
              (!input.EventSourceArn || source.arn === input.EventSourceArn) &&
              (!named ||
                (functionName === named.functionName &&
                  (named.qualifier === undefined || qualifier === named.qualifier))),
          );
        const page = pageOf(
          wanted,
          { marker: input.Marker, maxItems: input.MaxItems },
          ({ uuid }) => uuid,
          100,
        );
        if (page.kind === 'failed') return page;
        return answered({
          EventSourceMappings: page.elements.map(record => describe(record)),
          ...(page.next === undefined ? {} : { NextMarker: page.next }),
        });
      },
    ),
    UpdateEventSourceMapping: operation<UpdateEventSourceMappingRequest, EventSourceMappingConfiguration>(
      async input => {
        const found = known(input.UUID);
        if (found.kind === 'failed') return found;
        const { record } = found;
        if (record.state === 'Deleting' || record.state === 'Creating' || record.state === 'Updating') {
          return inUse('update', record);
        }
        const read = mappingParameters(input, record.source, record.parameters);
        if (read.kind === 'failed') return read;
        const target = await functionFor(
          deployment,
          input.FunctionName ?? describe(record).FunctionArn,
          record.source,
        );
        if (target.kind === 'failed') return target;
        const { qualifier: _before, ...rest } = record;
        return answered(
          describe(
            mappings.change(rest, {
              functionName: target.functionName,
              ...(target.qualifier === undefined ? {} : { qualifier: target.qualifier }),
              source: record.source,
              parameters: read.parameters,
              state: stateAfter(record, input.Enabled),
            }),
          ),
        );
      },
    ),
    DeleteEventSourceMapping: operation<DeleteEventSourceMappingRequest, EventSourceMappingConfiguration>(
      async input => {
        const found = known(input.UUID);
        if (found.kind === 'failed') return found;
        if (found.record.state === 'Deleting') return inUse('delete', found.record);
        return answered(describe(mappings.remove(found.record)));
      },
    ),
  };
}

function sourceOf(arn: string | undefined, isSelfManaged: boolean): MappingRecord['source'] | Refused {
  if (isSelfManaged) return unsupportedHere('SelfManagedEventSource', `: ${unsupportedSource('Kafka')}`);
  if (arn === undefined) return invalid('Unrecognized event source.');
  const service = parseTarget(arn)?.service ?? '';
  if (isPolledKind(service)) return { kind: service, arn };
  return ['kafka', 'mq', 'rds'].includes(service)
    ? unsupportedHere(`EventSourceArn=${arn}`, `cannot be honoured: ${unsupportedSource(arn)}`)
    : invalid('Unrecognized event source.');
}

/** The function of a mapping, if it may have the source. */
async function functionFor(
  deployment: MappingDeployment,
  name: string | undefined,
  { kind, arn }: MappingRecord['source'],
): Promise<{ readonly kind: 'found'; readonly functionName: string; readonly qualifier?: string } | Refused> {
  const reference = referenceOf(deployment, name);
  if (reference.kind === 'failed') return reference;
  const { functionName, qualifier } = reference;
  const found = await deployment.find.version(functionName, qualifier);
  if (found.kind === 'failed') return invalid('Function does not exist');
  const { timeoutSeconds } = found.version.configuration;
  const { mappings } = deployment;
  const refusal =
    kind === 'sqs'
      ? await queueRefusal(mappings.queueOf(functionName, arn), timeoutSeconds)
      : await streamRefusal(mappings.streamOf(functionName, arn));
  return refusal ?? { kind: 'found', functionName, ...(qualifier === undefined ? {} : { qualifier }) };
}

async function queueRefusal(queue: QueueClient, timeoutSeconds: number): Promise<Refused | undefined> {
  try {
    const visibility = await queue.visibilityTimeoutSeconds();
    if (visibility >= timeoutSeconds) return undefined;
    return invalid(
      `Queue visibility timeout: ${visibility} seconds is less than Function timeout: ${timeoutSeconds} seconds`,
    );
  } catch (error) {
    const code = error instanceof QueueFault ? error.code : 'ServiceUnavailable';
    return invalid(
      `Error occurred while ReceiveMessage. SQS Error Code: ${code}. SQS Error Message: ${messageOf(error)}`,
    );
  }
}

async function streamRefusal(stream: StreamClient): Promise<Refused | undefined> {
  try {
    await stream.shards();
    return undefined;
  } catch (error) {
    return invalid(messageOf(error));
  }
}

function stateAfter(record: MappingRecord, enabled: boolean | undefined): MappingRecord['state'] {
  const polls = isPolling(record);
  if (enabled === undefined || enabled === polls) return polls ? 'Updating' : 'Disabled';
  return enabled ? 'Enabling' : 'Disabling';
}

/** What AWS says of it is not recorded, but for its type. */
function inUse(action: string, { uuid, state }: MappingRecord): Refused {
  return refused({
    name: 'ResourceInUseException',
    status: 400,
    body: {
      Type: 'User',
      Message: `Cannot ${action} the event source mapping ${uuid} because it is in use: its state is ${state}.`,
    },
  });
}
