import type { GetAccountSettingsRequest, GetAccountSettingsResponse } from '@aws-sdk/client-lambda';
import { maxUnzippedBytes } from '../../../functions/packageCode.ts';
import { functionNames } from '../../../versions/catalog.ts';
import { reservations } from '../../../versions/reservedConcurrency.ts';
import { answered, type Deployment } from '../deployment.ts';
import { maxZippedBytes } from '../functions/codeInput.ts';
import { operation } from '../operation.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const totalCodeSize = 80_530_636_800;

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetAccountSettings.html */
export function createGetAccountSettings({ catalog }: Deployment) {
  return operation<GetAccountSettingsRequest, GetAccountSettingsResponse>(async () => {
    const { accountConcurrency } = catalog.limits;
    const reserved = reservations(catalog).reduce(
      (sum, { reservedConcurrency = 0 }) => sum + reservedConcurrency,
      0,
    );
    return answered({
      AccountLimit: {
        TotalCodeSize: totalCodeSize,
        CodeSizeUnzipped: maxUnzippedBytes,
        CodeSizeZipped: maxZippedBytes,
        ConcurrentExecutions: accountConcurrency,
        UnreservedConcurrentExecutions: accountConcurrency - reserved,
      },
      AccountUsage: {
        TotalCodeSize: catalog.versions.codeSize(),
        FunctionCount: functionNames(catalog).length,
      },
    });
  });
}
