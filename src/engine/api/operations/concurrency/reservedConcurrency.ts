import type {
  Concurrency,
  DeleteFunctionConcurrencyRequest,
  GetFunctionConcurrencyRequest,
  GetFunctionConcurrencyResponse,
  PutFunctionConcurrencyRequest,
} from '@aws-sdk/client-lambda';
import { functionExists } from '../../../versions/catalog.ts';
import { functionMissing, invalid, type Refused } from '../../../versions/errors.ts';
import { reservations, reservedConcurrencyOf } from '../../../versions/reservedConcurrency.ts';
import { answered, type Deployment, functionOf } from '../deployment.ts';
import { operation } from '../operation.ts';

/** What the account keeps for functions that reserve nothing. */
const unreservedMinimum = 100;

/** https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionConcurrency.html */
export function createPutFunctionConcurrency(deployment: Deployment) {
  const { catalog } = deployment;
  return operation<PutFunctionConcurrencyRequest, Concurrency>(async input => {
    const named = existing(deployment, input.FunctionName);
    if (named.kind === 'failed') return named;
    const { functionName } = named;
    const { ReservedConcurrentExecutions: reserved = 0 } = input;
    const others = reservations(catalog)
      .filter(({ name }) => name !== functionName)
      .reduce((sum, { reservedConcurrency = 0 }) => sum + reservedConcurrency, 0);
    const minimum = Math.min(unreservedMinimum, catalog.limits.accountConcurrency);
    // What reserves nothing takes nothing from the others.
    if (reserved > 0 && catalog.limits.accountConcurrency - others - reserved < minimum) {
      return invalid(
        `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${minimum}].`,
      );
    }
    put(deployment, functionName, reserved);
    return answered({ ReservedConcurrentExecutions: reserved });
  });
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConcurrency.html */
export function createGetFunctionConcurrency(deployment: Deployment) {
  return operation<GetFunctionConcurrencyRequest, GetFunctionConcurrencyResponse>(async input => {
    const named = existing(deployment, input.FunctionName);
    if (named.kind === 'failed') return named;
    const reserved = reservedConcurrencyOf(deployment.catalog, named.functionName);
    return answered(reserved === undefined ? {} : { ReservedConcurrentExecutions: reserved });
  });
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionConcurrency.html */
export function createDeleteFunctionConcurrency(deployment: Deployment) {
  return operation<DeleteFunctionConcurrencyRequest, object>(async input => {
    const named = existing(deployment, input.FunctionName);
    if (named.kind === 'failed') return named;
    put(deployment, named.functionName, undefined);
    return answered({});
  });
}

function put({ catalog }: Deployment, functionName: string, reserved: number | undefined): void {
  const over = catalog.workspace.definition(functionName)?.reservedConcurrency;
  catalog.transaction(() =>
    catalog.settings.put(functionName, 'reserved', {
      ...(reserved === undefined ? {} : { reserved }),
      ...(over === undefined ? {} : { over }),
    }),
  );
  catalog.events.emit({ type: 'versionsChanged', functionName });
}

function existing(
  deployment: Deployment,
  name: string | undefined,
): { readonly kind: 'named'; readonly functionName: string } | Refused {
  const named = functionOf(deployment, name);
  if (named.kind === 'failed') return named;
  return functionExists(deployment.catalog, named.functionName) ? named : functionMissing(named.arn);
}
