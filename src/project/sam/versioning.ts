import { type DocNode, descendant } from '../document/sourceDocument.ts';
import type { Expansion } from './expansion.ts';

/**
 * `AutoPublishAlias`: a version that follows the code, and an alias that follows the version. Returns the
 * alias's logical id; undefined where the function has none.
 */
export function expandVersioning(
  logicalId: string,
  properties: DocNode,
  expansion: Expansion,
): string | undefined {
  const own = (name: string) => expansion.shape(descendant(properties, name));
  const written = own('AutoPublishAlias');
  const provisioned = own('ProvisionedConcurrencyConfig');
  const preference = own('DeploymentPreference');
  if (!written) {
    const needing = [
      ['ProvisionedConcurrencyConfig', provisioned],
      ['DeploymentPreference', preference],
    ] as const;
    for (const [name, node] of needing) {
      if (node) expansion.error(`${name} needs an AutoPublishAlias: add one to ${logicalId}.`, node);
    }
    return undefined;
  }
  const name = expansion.text(written) ?? '';
  const aliasId = `${logicalId}Alias${name.replaceAll('-', 'D').replaceAll('_', 'U')}`;
  // SAM ends it with a hash of the code, which is not known before a deployment.
  const versionId = `${logicalId}Version`;
  const build = expansion.build(written);
  const versionDescription = own('VersionDescription');
  expansion.add(
    versionId,
    'AWS::Lambda::Version',
    build.map({ FunctionName: build.ref(logicalId), Description: versionDescription }),
    written,
  );
  expansion.add(
    aliasId,
    'AWS::Lambda::Alias',
    build.map({
      Name: written,
      FunctionName: build.ref(logicalId),
      FunctionVersion: build.attribute(versionId, 'Version'),
      ProvisionedConcurrencyConfig: provisioned,
      // Of no meaning to CloudFormation, which sees only what becomes of it in CodeDeploy.
      DeploymentPreference: preference,
      AutoPublish: true,
    }),
    written,
  );
  expansion.generated.set(`${logicalId}.Alias`, aliasId);
  expansion.generated.set(`${logicalId}.Version`, versionId);
  return aliasId;
}
