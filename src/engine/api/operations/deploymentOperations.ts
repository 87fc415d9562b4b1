import { createGetAccountSettings } from './account/getAccountSettings.ts';
import { createCreateAlias } from './aliases/createAlias.ts';
import { createDeleteAlias } from './aliases/deleteAlias.ts';
import { createGetAlias, createListAliases } from './aliases/readAliases.ts';
import { createUpdateAlias } from './aliases/updateAlias.ts';
import {
  createDeleteProvisionedConcurrencyConfig,
  createGetProvisionedConcurrencyConfig,
  createListProvisionedConcurrencyConfigs,
  createPutProvisionedConcurrencyConfig,
} from './concurrency/provisionedConcurrency.ts';
import {
  createDeleteFunctionConcurrency,
  createGetFunctionConcurrency,
  createPutFunctionConcurrency,
} from './concurrency/reservedConcurrency.ts';
import type { Deployment } from './deployment.ts';
import { createCreateFunction } from './functions/createFunction.ts';
import { createDeleteFunction } from './functions/deleteFunction.ts';
import {
  createGetFunctionCodeSigningConfig,
  createGetRuntimeManagementConfig,
  createPutRuntimeManagementConfig,
} from './functions/fixedSettings.ts';
import { createGetFunction, createGetFunctionConfiguration } from './functions/getFunction.ts';
import { createListFunctions } from './functions/listFunctions.ts';
import {
  createGetFunctionRecursionConfig,
  createPutFunctionRecursionConfig,
} from './functions/recursionConfig.ts';
import { createUpdateFunctionCode } from './functions/updateFunctionCode.ts';
import { createUpdateFunctionConfiguration } from './functions/updateFunctionConfiguration.ts';
import {
  createDeleteLayerVersion,
  createGetLayerVersion,
  createGetLayerVersionByArn,
  createPublishLayerVersion,
} from './layers/layerVersions.ts';
import { createListLayers, createListLayerVersions } from './layers/listLayers.ts';
import type { OperationHandler } from './operation.ts';
import { createListTags, createTagResource, createUntagResource } from './tags/tagging.ts';
import {
  createCreateFunctionUrlConfig,
  createDeleteFunctionUrlConfig,
  createGetFunctionUrlConfig,
  createListFunctionUrlConfigs,
  createUpdateFunctionUrlConfig,
} from './urls/urlConfigs.ts';
import { validated } from './validated.ts';
import { createListVersionsByFunction } from './versions/listVersionsByFunction.ts';
import { createPublishVersion } from './versions/publishVersion.ts';

/** The operations on functions, their code and configuration, versions, aliases and settings, by name. */
const operations: Readonly<Record<string, (deployment: Deployment) => OperationHandler>> = {
  CreateAlias: createCreateAlias,
  CreateFunction: createCreateFunction,
  CreateFunctionUrlConfig: createCreateFunctionUrlConfig,
  DeleteAlias: createDeleteAlias,
  DeleteFunction: createDeleteFunction,
  DeleteFunctionConcurrency: createDeleteFunctionConcurrency,
  DeleteFunctionUrlConfig: createDeleteFunctionUrlConfig,
  DeleteLayerVersion: createDeleteLayerVersion,
  DeleteProvisionedConcurrencyConfig: createDeleteProvisionedConcurrencyConfig,
  GetAccountSettings: createGetAccountSettings,
  GetAlias: createGetAlias,
  GetFunction: createGetFunction,
  GetFunctionCodeSigningConfig: createGetFunctionCodeSigningConfig,
  GetFunctionConcurrency: createGetFunctionConcurrency,
  GetFunctionConfiguration: createGetFunctionConfiguration,
  GetFunctionUrlConfig: createGetFunctionUrlConfig,
  GetLayerVersion: createGetLayerVersion,
  GetFunctionRecursionConfig: createGetFunctionRecursionConfig,
  GetLayerVersionByArn: createGetLayerVersionByArn,
  GetProvisionedConcurrencyConfig: createGetProvisionedConcurrencyConfig,
  GetRuntimeManagementConfig: createGetRuntimeManagementConfig,
  ListAliases: createListAliases,
  ListFunctions: createListFunctions,
  ListFunctionUrlConfigs: createListFunctionUrlConfigs,
  ListLayers: createListLayers,
  ListLayerVersions: createListLayerVersions,
  ListProvisionedConcurrencyConfigs: createListProvisionedConcurrencyConfigs,
  ListTags: createListTags,
  ListVersionsByFunction: createListVersionsByFunction,
  PublishLayerVersion: createPublishLayerVersion,
  PublishVersion: createPublishVersion,
  PutFunctionConcurrency: createPutFunctionConcurrency,
  PutFunctionRecursionConfig: createPutFunctionRecursionConfig,
  PutProvisionedConcurrencyConfig: createPutProvisionedConcurrencyConfig,
  PutRuntimeManagementConfig: createPutRuntimeManagementConfig,
  TagResource: createTagResource,
  UntagResource: createUntagResource,
  UpdateAlias: createUpdateAlias,
  UpdateFunctionCode: createUpdateFunctionCode,
  UpdateFunctionConfiguration: createUpdateFunctionConfiguration,
  UpdateFunctionUrlConfig: createUpdateFunctionUrlConfig,
};

export const operationNames: readonly string[] = Object.keys(operations);

/** Their handlers. */
export function deploymentOperations(deployment: Deployment): Readonly<Record<string, OperationHandler>> {
  return validated(
    Object.fromEntries(Object.entries(operations).map(([name, create]) => [name, create(deployment)])),
  );
}
