import type { AliasConfiguration } from '@aws-sdk/client-lambda';
import { type Catalog, functionArn } from '../../../versions/catalog.ts';
import type { AliasRecord } from '../../../versions/records.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_AliasConfiguration.html */
export function describeAlias(catalog: Catalog, alias: AliasRecord): AliasConfiguration {
  const { functionName, name, version, description, additional, revisionId } = alias;
  return {
    AliasArn: functionArn(catalog, functionName, name),
    Name: name,
    FunctionVersion: version,
    Description: description,
    ...(additional
      ? { RoutingConfig: { AdditionalVersionWeights: { [additional.version]: additional.weight } } }
      : {}),
    RevisionId: revisionId,
  };
}
