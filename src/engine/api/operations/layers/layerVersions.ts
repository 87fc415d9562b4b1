import type {
  Architecture,
  DeleteLayerVersionRequest,
  GetLayerVersionByArnRequest,
  GetLayerVersionRequest,
  GetLayerVersionResponse,
  PublishLayerVersionRequest,
  Runtime,
} from '@aws-sdk/client-lambda';
import type { LayerVersionRecord } from '../../../store/layerTable.ts';
import type { Catalog } from '../../../versions/catalog.ts';
import { invalid, notFound, type Refused } from '../../../versions/errors.ts';
import { layerVersionOf } from '../../../versions/layers.ts';
import { answered, type Deployment } from '../deployment.ts';
import { readCode } from '../functions/codeInput.ts';
import { operation } from '../operation.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_PublishLayerVersion.html */
export function createPublishLayerVersion(deployment: Deployment) {
  const { catalog, codeSource } = deployment;
  return operation<PublishLayerVersionRequest, GetLayerVersionResponse>(async input => {
    const named = layerName(catalog, input.LayerName);
    if (named.kind === 'failed') return named;
    const { name } = named;
    const content = await readCode(input.Content ?? {}, codeSource, catalog.archives);
    if (content.kind === 'failed') return content;
    const version = catalog.transaction(() => {
      const record: LayerVersionRecord = {
        name,
        number: catalog.layers.lastNumber(name) + 1,
        description: input.Description ?? '',
        ...(input.LicenseInfo === undefined ? {} : { licence: input.LicenseInfo }),
        compatibleRuntimes: input.CompatibleRuntimes ?? [],
        compatibleArchitectures: input.CompatibleArchitectures ?? [],
        createdAt: catalog.clock.now(),
        sha256: content.sha256,
        size: content.size,
      };
      catalog.layers.add(record);
      return record;
    });
    return answered(describe(deployment, version));
  });
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetLayerVersion.html */
export function createGetLayerVersion(deployment: Deployment) {
  const { catalog } = deployment;
  return operation<GetLayerVersionRequest, GetLayerVersionResponse>(async input => {
    const named = layerName(catalog, input.LayerName);
    if (named.kind === 'failed') return named;
    const version = catalog.layers.get(named.name, input.VersionNumber ?? 0);
    return version ? answered(describe(deployment, version)) : missing();
  });
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetLayerVersionByArn.html */
export function createGetLayerVersionByArn(deployment: Deployment) {
  return operation<GetLayerVersionByArnRequest, GetLayerVersionResponse>(async input => {
    const version = layerVersionOf(deployment.catalog, input.Arn ?? '');
    return version ? answered(describe(deployment, version)) : missing();
  });
}

/** One that is not there is deleted, too. Functions that have it keep it, as on AWS. */
export function createDeleteLayerVersion(deployment: Deployment) {
  const { catalog } = deployment;
  return operation<DeleteLayerVersionRequest, object>(async input => {
    const named = layerName(catalog, input.LayerName);
    if (named.kind === 'failed') return named;
    const number = input.VersionNumber ?? 0;
    const version = catalog.layers.get(named.name, number);
    if (version) catalog.transaction(() => catalog.layers.remove(named.name, number));
    return answered({});
  });
}

/** The name of a layer that is given by its name or its ARN. */
export function layerName(
  { home }: Pick<Catalog, 'home'>,
  nameOrArn = '',
): { readonly kind: 'named'; readonly name: string } | Refused {
  if (!nameOrArn.startsWith('arn:')) return { kind: 'named', name: nameOrArn };
  const [, , , region, account, , name = ''] = nameOrArn.split(':');
  return region === home.region && account === home.accountId
    ? { kind: 'named', name }
    : invalid(`${nameOrArn} is no layer of this account (${home.accountId}) and region (${home.region}).`);
}

export function layerArn({ home }: Pick<Catalog, 'home'>, name: string): string {
  return `arn:aws:lambda:${home.region}:${home.accountId}:layer:${name}`;
}

/** What of a version lists tell, too. */
export function layerVersionFacts(catalog: Pick<Catalog, 'home'>, version: LayerVersionRecord) {
  const { name, number, description, licence, compatibleRuntimes, compatibleArchitectures, createdAt } =
    version;
  return {
    LayerVersionArn: `${layerArn(catalog, name)}:${number}`,
    Version: number,
    Description: description,
    CreatedDate: new Date(createdAt).toISOString().replace('Z', '+0000'),
    ...(compatibleRuntimes.length > 0 ? { CompatibleRuntimes: [...compatibleRuntimes] as Runtime[] } : {}),
    ...(licence === undefined ? {} : { LicenseInfo: licence }),
    ...(compatibleArchitectures.length > 0
      ? { CompatibleArchitectures: [...compatibleArchitectures] as Architecture[] }
      : {}),
  };
}

function describe(
  { catalog, codeLocation }: Deployment,
  version: LayerVersionRecord,
): GetLayerVersionResponse {
  return {
    Content: {
      Location: codeLocation(version.sha256),
      CodeSha256: version.sha256,
      CodeSize: version.size,
    },
    LayerArn: layerArn(catalog, version.name),
    ...layerVersionFacts(catalog, version),
  };
}

function missing(): Refused {
  return notFound('The resource you requested does not exist.');
}
