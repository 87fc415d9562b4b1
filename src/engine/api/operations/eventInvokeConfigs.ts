import type {
  FunctionEventInvokeConfig,
  ListFunctionEventInvokeConfigsRequest,
  ListFunctionEventInvokeConfigsResponse,
  PutFunctionEventInvokeConfigRequest,
} from '@aws-sdk/client-lambda';
import type {
  EventInvokeChoice,
  EventInvokeConfig,
  EventInvokeConfigs,
} from '../../invoke/async/eventInvokeConfigs.ts';
import { functionOf, isFifo, parseTarget, type Target } from '../../invoke/async/targets.ts';
import type { Invoker } from '../../invoke/invocation.ts';
import { invalidParameterValue } from '../../invoke/serviceErrors.ts';
import { latestVersion } from '../../versions/records.ts';
import { type FunctionReference, resolveFunctionName } from '../functionName.ts';
import { resourceNotFound } from '../serviceErrors.ts';
import { failed } from './invoke.ts';
import { type OperationHandler, type OperationResult, operation } from './operation.ts';

export interface EventInvokeConfigParts {
  readonly configs: EventInvokeConfigs;
  readonly invoker: Pick<Invoker, 'check'>;
  readonly home: { readonly region: string; readonly accountId: string };
  /** Whether there is what an ARN names; a service that cannot be asked is taken at its word. */
  readonly exists: (target: Target) => Promise<boolean>;
}

type Refused = Extract<OperationResult<never>, { kind: 'failed' }>;

/**
 * What becomes of asynchronous invocations: each qualifier has a configuration of its own, or none.
 * https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html
 */
export function createEventInvokeConfigOperations(
  parts: EventInvokeConfigParts,
): Readonly<Record<string, OperationHandler>> {
  const { configs, home } = parts;

  const store = (isReplaced: boolean) =>
    operation<PutFunctionEventInvokeConfigRequest, FunctionEventInvokeConfig>(async input => {
      const found = find(parts, input);
      if ('kind' in found) return found;
      const { functionName, qualifier = latestVersion } = found;
      const given = choiceOf(input);
      if (Object.keys(given).length === 0 && !input.DestinationConfig) {
        return failed(
          invalidParameterValue('You must specify at least one of error handling or destination setting.'),
        );
      }
      for (const side of ['onSuccessArn', 'onFailureArn'] as const) {
        const refusal = await refusalOf(parts, functionName, side, given[side]);
        if (refusal) return refusal;
      }
      const before = isReplaced ? undefined : configs.get(functionName, qualifier);
      const { qualifier: _qualifier, modifiedAt: _modifiedAt, ...kept } = before ?? {};
      const choice = withoutEmpty({ ...kept, ...given });
      return answered(configs.put(functionName, qualifier, choice), functionName, home);
    });

  return {
    PutFunctionEventInvokeConfig: store(true),
    UpdateFunctionEventInvokeConfig: store(false),
    GetFunctionEventInvokeConfig: operation<FunctionInput, FunctionEventInvokeConfig>(async input => {
      const found = find(parts, input);
      if ('kind' in found) return found;
      const config = configs.get(found.functionName, found.qualifier ?? latestVersion);
      return config ? answered(config, found.functionName, home) : missing(found, home);
    }),
    DeleteFunctionEventInvokeConfig: operation<FunctionInput, object>(async input => {
      const found = find(parts, input);
      if ('kind' in found) return found;
      const { functionName, qualifier = latestVersion } = found;
      if (!configs.get(functionName, qualifier)) return missing(found, home);
      configs.delete(functionName, qualifier);
      return { kind: 'answered', output: {} };
    }),
    ListFunctionEventInvokeConfigs: operation<
      ListFunctionEventInvokeConfigsRequest,
      ListFunctionEventInvokeConfigsResponse
    >(async input => {
      const found = find(parts, input);
      if ('kind' in found) return found;
      const { functionName } = found;
      const all = configs.list(functionName);
      const first = input.Marker === undefined ? 0 : all.findIndex(each => each.qualifier === input.Marker);
      if (first === -1)
        return failed(invalidParameterValue('The marker is none that this operation has given.'));
      const end = first + (input.MaxItems ?? 50);
      const next = all[end];
      return {
        kind: 'answered',
        output: {
          FunctionEventInvokeConfigs: all
            .slice(first, end)
            .map(config => outputOf(config, functionName, home)),
          ...(next ? { NextMarker: next.qualifier } : {}),
        },
      };
    }),
  };
}

interface FunctionInput {
  readonly FunctionName?: string | undefined;
  readonly Qualifier?: string | undefined;
}

function find(
  { home, invoker }: EventInvokeConfigParts,
  { FunctionName = '', Qualifier }: FunctionInput,
): FunctionReference | Refused {
  const resolved = resolveFunctionName(FunctionName, Qualifier, home);
  if (resolved.kind === 'refused') return failed(resolved.error);
  const { functionName, qualifier } = resolved.reference;
  return invoker.check(functionName, qualifier)?.status === 404
    ? failed(resourceNotFound("The function doesn't exist."))
    : resolved.reference;
}

function missing(
  { functionName, qualifier = latestVersion }: FunctionReference,
  home: EventInvokeConfigParts['home'],
): Refused {
  const arn = `${arnOf(functionName, home)}:${qualifier}`;
  return failed(resourceNotFound(`The function ${arn} doesn't have an EventInvokeConfig`));
}

/** An empty ARN stands for none. */
function choiceOf({
  MaximumRetryAttempts,
  MaximumEventAgeInSeconds,
  DestinationConfig,
}: PutFunctionEventInvokeConfigRequest): EventInvokeChoice {
  const onSuccess = DestinationConfig?.OnSuccess?.Destination;
  const onFailure = DestinationConfig?.OnFailure?.Destination;
  return {
    ...(MaximumRetryAttempts === undefined ? {} : { maximumRetryAttempts: MaximumRetryAttempts }),
    ...(MaximumEventAgeInSeconds === undefined ? {} : { maximumEventAgeSeconds: MaximumEventAgeInSeconds }),
    ...(onSuccess === undefined ? {} : { onSuccessArn: onSuccess }),
    ...(onFailure === undefined ? {} : { onFailureArn: onFailure }),
  };
}

function withoutEmpty({ onSuccessArn, onFailureArn, ...rest }: EventInvokeChoice): EventInvokeChoice {
  return { ...rest, ...(onSuccessArn ? { onSuccessArn } : {}), ...(onFailureArn ? { onFailureArn } : {}) };
}

async function refusalOf(
  { exists, home }: EventInvokeConfigParts,
  functionName: string,
  side: 'onSuccessArn' | 'onFailureArn',
  arn: string | undefined,
): Promise<Refused | undefined> {
  if (!arn) return undefined;
  const target = parseTarget(arn);
  const allowed = side === 'onFailureArn' ? [...services, 's3'] : services;
  if (!target || !allowed.includes(target.service)) {
    const name = side === 'onSuccessArn' ? 'OnSuccess' : 'OnFailure';
    const of = (each: string) => (each === name ? `${each}(destination=${arn})` : 'null');
    return failed(
      invalidParameterValue(
        `The provided destination config DestinationConfig(onSuccess=${of('OnSuccess')}, onFailure=${of('OnFailure')}) is invalid.`,
      ),
    );
  }
  const isItself =
    target.service === 'lambda' &&
    target.accountId === home.accountId &&
    target.region === home.region &&
    functionOf(target).functionName === functionName;
  if (isItself) {
    return failed(invalidParameterValue("You can't specify the function as a destination for itself."));
  }
  return isFifo(target) || !(await exists(target))
    ? failed(invalidParameterValue(`The destination ARN ${arn} is invalid.`))
    : undefined;
}

const services: readonly string[] = ['sqs', 'sns', 'lambda', 'events'];

function answered(
  config: EventInvokeConfig,
  functionName: string,
  home: EventInvokeConfigParts['home'],
): OperationResult<FunctionEventInvokeConfig> {
  return { kind: 'answered', output: outputOf(config, functionName, home) };
}

function outputOf(
  config: EventInvokeConfig,
  functionName: string,
  home: EventInvokeConfigParts['home'],
): FunctionEventInvokeConfig {
  const { maximumRetryAttempts, maximumEventAgeSeconds, onSuccessArn, onFailureArn } = config;
  return {
    LastModified: new Date(config.modifiedAt),
    FunctionArn: `${arnOf(functionName, home)}:${config.qualifier}`,
    ...(maximumRetryAttempts === undefined ? {} : { MaximumRetryAttempts: maximumRetryAttempts }),
    ...(maximumEventAgeSeconds === undefined ? {} : { MaximumEventAgeInSeconds: maximumEventAgeSeconds }),
    DestinationConfig: {
      OnSuccess: onSuccessArn === undefined ? {} : { Destination: onSuccessArn },
      OnFailure: onFailureArn === undefined ? {} : { Destination: onFailureArn },
    },
  };
}

function arnOf(functionName: string, { region, accountId }: EventInvokeConfigParts['home']): string {
  return `arn:aws:lambda:${region}:${accountId}:function:${functionName}`;
}
