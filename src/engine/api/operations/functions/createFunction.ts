import type { CreateFunctionRequest, FunctionConfiguration } from '@aws-sdk/client-lambda';
import { type Catalog, functionExists } from '../../../versions/catalog.ts';
import { conflict, invalid, type Refused } from '../../../versions/errors.ts';
import { publishVersion } from '../../../versions/publishing.ts';
import type { FunctionRecord, VersionConfiguration } from '../../../versions/records.ts';
import { answered, type Deployment, functionOf } from '../deployment.ts';
import { operation } from '../operation.ts';
import { tagsRefusal } from '../tags/tagRules.ts';
import { readCode } from './codeInput.ts';
import { configurationWith } from './configurationInput.ts';
import { describeLatest, describeVersion } from './describe.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
export function createCreateFunction(deployment: Deployment) {
  const { catalog } = deployment;
  return operation<CreateFunctionRequest, FunctionConfiguration>(async input => {
    const named = functionOf(deployment, input.FunctionName);
    if (named.kind === 'failed') return named;
    const { functionName } = named;
    const configured = newConfiguration(functionName, input, catalog);
    if (configured.kind === 'failed') return configured;
    const wrongTags = tagsRefusal(input.Tags ?? {});
    if (wrongTags) return wrongTags;
    if (functionExists(catalog, functionName)) return conflict(`Function already exist: ${functionName}`);
    const code = await readCode(input.Code ?? {}, deployment.codeSource, catalog.archives);
    if (code.kind === 'failed') return code;
    const record: FunctionRecord = {
      name: functionName,
      held: true,
      latest: {
        number: 0,
        configuration: configured.configuration,
        code: { sha256: code.sha256, size: code.size, packageFolders: deployment.sdkFolders },
        revisionId: catalog.ids.uuid(),
        modifiedAt: catalog.clock.now(),
      },
    };
    const created = catalog.transaction(() => {
      if (functionExists(catalog, functionName)) return false;
      // What was published of a function of the same name that the workspace had once goes; its numbers do not.
      catalog.versions.removeAll(functionName);
      catalog.aliases.removeAll(functionName);
      catalog.settings.removeAll(functionName);
      catalog.functions.put(record);
      if (input.Tags && Object.keys(input.Tags).length > 0)
        catalog.settings.put(functionName, 'tags', input.Tags);
      return true;
    });
    if (!created) return conflict(`Function already exist: ${functionName}`);
    catalog.events.emit({ type: 'versionsChanged', functionName });
    // AWS gives a function another revision when it has become active.
    const pending = { ...record, latest: { ...record.latest, revisionId: catalog.ids.uuid() } };
    if (input.Publish !== true) return answered(describeLatest(catalog, pending, undefined, 'creating'));
    const published = publishVersion(catalog, functionName, () => catalog.functions.get(functionName));
    if (published === undefined) return conflict(`Function was deleted: ${functionName}`);
    if (published.kind === 'failed') return published;
    return answered(describeVersion(catalog, functionName, published.version, undefined, 'creating'));
  });
}

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const maxNameLength = 64;

function newConfiguration(
  functionName: string,
  input: CreateFunctionRequest,
  catalog: Catalog,
): { readonly kind: 'configured'; readonly configuration: VersionConfiguration } | Refused {
  if (functionName.length > maxNameLength) {
    return invalid(
      `1 validation error detected: Value '${functionName}' at 'functionName' failed to satisfy constraint: Member must have length less than or equal to ${maxNameLength}`,
    );
  }
  const isImage = input.PackageType === 'Image' || input.Code?.ImageUri !== undefined;
  if (!isImage && (input.Runtime === undefined || input.Handler === undefined)) {
    return invalid(
      'Runtime and Handler are mandatory parameters for functions created with deployment packages.',
    );
  }
  const base: VersionConfiguration = {
    runtime: input.Runtime ?? '',
    handler: input.Handler ?? '',
    roleArn: input.Role ?? '',
    timeoutSeconds: 3,
    memorySizeMb: 128,
    environment: {},
  };
  return configurationWith(base, input, catalog);
}
