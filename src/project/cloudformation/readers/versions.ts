import type {
  AliasDefinition,
  CorsDefinition,
  DeploymentPreference,
  VersionTarget,
} from '../../../model/versions.ts';
import { defined } from '../../defined.ts';
import { type DocNode, descendant, textOf } from '../../document/sourceDocument.ts';
import { booleanOf, entries, numberOf, property, text, texts, type Value } from '../../intrinsics/value.ts';
import { parseFunctionReference } from '../functionReference.ts';
import { addTrigger, type ReadResource } from './collected.ts';
import type { Facts } from './facts.ts';

/** AWS::Lambda::Version. */
export const readVersion: ReadResource = (facts, { resources }) => {
  const target = parseFunctionReference(facts.text('FunctionName'));
  if (!target) return facts.error(`${facts.address} names no function. Add a FunctionName.`);
  const description = facts.text('Description');
  const provisioned = facts.number(
    'ProvisionedConcurrencyConfig.ProvisionedConcurrentExecutions',
    'provisionedConcurrency',
  );
  resources.versions.push({
    functionName: target.functionName,
    ...defined({ description, provisionedConcurrency: provisioned }),
    ...facts.definition(),
  });
};

/** AWS::Lambda::Alias. */
export const readAlias: ReadResource = (facts, { resources }) => {
  const target = parseFunctionReference(facts.text('FunctionName'));
  const name = facts.text('Name');
  const version = facts.text('FunctionVersion', 'target');
  if (!target || name === undefined || version === undefined) {
    return facts.error(`${facts.address} needs a FunctionName, a Name and a FunctionVersion.`);
  }
  const published = facts.flag('AutoPublish') === true;
  const description = facts.text('Description');
  const additional = additionalVersion(facts, target.functionName);
  const provisioned = facts.number(
    'ProvisionedConcurrencyConfig.ProvisionedConcurrentExecutions',
    'provisionedConcurrency',
  );
  const deployment = published ? deploymentOf(facts.value('DeploymentPreference')) : undefined;
  resources.aliases.push({
    name,
    functionName: target.functionName,
    ...defined({ description }),
    target: published ? { kind: 'published' } : versionTarget(version, target.functionName, facts),
    ...defined({ additionalVersion: additional, provisionedConcurrency: provisioned, deployment }),
    ...facts.definition(),
  });
};

function additionalVersion(facts: Facts, functionName: string): AliasDefinition['additionalVersion'] {
  facts.place('additionalVersion', facts.value('RoutingConfig'));
  const weights = facts.value('RoutingConfig', 'AdditionalVersionWeights');
  const [first] =
    weights?.kind === 'list'
      ? weights.items.map(
          item => [text(property(item, 'FunctionVersion')), property(item, 'FunctionWeight')] as const,
        )
      : entries(weights);
  if (first?.[0] === undefined) return undefined;
  return {
    target: versionTarget(first[0], functionName, facts),
    weight: numberOf(first[1]) ?? 0,
  };
}

/** A version of the same template is named by its resource: its number is the engine's to give. */
function versionTarget(version: string, functionName: string, { stack }: Facts): VersionTarget {
  if (version === '$LATEST') return { kind: 'latest' };
  for (const { logicalId, type, node } of stack.scope.resources.values()) {
    if (type !== 'AWS::Lambda::Version') continue;
    const written = text(stack.scope.evaluate(descendant(node, 'Properties', 'FunctionName')));
    const isOfFunction = parseFunctionReference(written)?.functionName === functionName;
    if (isOfFunction && stack.scope.identity(logicalId)?.attributes.Version === version) {
      if (isCurrentVersion(node)) return { kind: 'published' };
      return { kind: 'definition', logicalId: stack.addressOf(logicalId) };
    }
  }
  return { kind: 'number', version };
}

/**
 * What CDK's `currentVersion` comes to: a version with another logical id, and so another version, for each change of the
 * function. https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_lambda-readme.html#currentversion-updated-hashing-logic
 */
function isCurrentVersion(resource: DocNode): boolean {
  return (
    textOf(descendant(resource, 'Metadata', 'aws:cdk:path'))?.endsWith('/CurrentVersion/Resource') === true
  );
}

function deploymentOf(preference: Value | undefined): DeploymentPreference | undefined {
  const type = text(property(preference, 'Type'));
  if (type === undefined || booleanOf(property(preference, 'Enabled')) === false) return undefined;
  const before = text(property(preference, 'Hooks', 'PreTraffic'));
  const after = text(property(preference, 'Hooks', 'PostTraffic'));
  return {
    type,
    alarms: texts(property(preference, 'Alarms')),
    ...defined({ preTrafficHook: before, postTrafficHook: after }),
  };
}

/** AWS::Lambda::EventInvokeConfig. */
export const readEventInvokeConfig: ReadResource = (facts, { resources }) => {
  const target = parseFunctionReference(facts.text('FunctionName'));
  if (!target) return facts.error(`${facts.address} names no function. Add a FunctionName.`);
  const retries = facts.number('MaximumRetryAttempts');
  const age = facts.number('MaximumEventAgeInSeconds', 'maximumEventAgeSeconds');
  const success = facts.text('DestinationConfig.OnSuccess.Destination', 'onSuccessArn');
  const failure = facts.text('DestinationConfig.OnFailure.Destination', 'onFailureArn');
  resources.eventInvokeConfigs.push({
    functionName: target.functionName,
    qualifier: facts.text('Qualifier') ?? target.qualifier ?? '$LATEST',
    ...defined({
      maximumRetryAttempts: retries,
      maximumEventAgeSeconds: age,
      onSuccessArn: success,
      onFailureArn: failure,
    }),
    ...facts.definition(),
  });
};

/** AWS::Lambda::Url. */
export const readFunctionUrl: ReadResource = (facts, collected) => {
  const target = parseFunctionReference(facts.text('TargetFunctionArn', 'functionName'));
  if (!target) return facts.error(`${facts.address} names no function. Add a TargetFunctionArn.`);
  const qualifier = facts.text('Qualifier') ?? target.qualifier;
  const cors = corsOf(facts.value('Cors'));
  const definition = {
    functionName: target.functionName,
    ...defined({ qualifier }),
    authType: facts.choice('AuthType', ['NONE', 'AWS_IAM']) ?? 'AWS_IAM',
    invokeMode: facts.choice('InvokeMode', ['BUFFERED', 'RESPONSE_STREAM']) ?? 'BUFFERED',
    ...defined({ cors }),
    ...facts.definition(),
  };
  collected.resources.functionUrls.push(definition);
  const reference = { functionName: target.functionName, ...(qualifier !== undefined && { qualifier }) };
  addTrigger(collected, 'functionUrl', 'Function URL', reference, definition);
};

/** `AllowOrigins` of CloudFormation, or `allowOrigins` of OpenAPI. */
export function corsOf(value: Value | undefined): CorsDefinition | undefined {
  if (value?.kind !== 'map') return undefined;
  const own = (name: string) =>
    property(value, name) ?? property(value, name.charAt(0).toLowerCase() + name.slice(1));
  const list = (name: string) => (own(name) ? texts(own(name)) : undefined);
  const allowOrigins = list('AllowOrigins');
  const allowMethods = list('AllowMethods');
  const allowHeaders = list('AllowHeaders');
  const exposeHeaders = list('ExposeHeaders');
  const maxAgeSeconds = numberOf(own('MaxAge'));
  const allowCredentials = booleanOf(own('AllowCredentials'));
  return {
    ...defined({ allowOrigins, allowMethods, allowHeaders, exposeHeaders, maxAgeSeconds, allowCredentials }),
  };
}

/** AWS::Lambda::Permission. */
export const readFunctionPermission: ReadResource = (facts, { resources }) => {
  const target = parseFunctionReference(facts.text('FunctionName'));
  const principal = facts.text('Principal');
  if (!target || principal === undefined) {
    return facts.error(`${facts.address} needs a FunctionName, an Action and a Principal.`);
  }
  const sourceArn = facts.text('SourceArn');
  const sourceAccount = facts.text('SourceAccount');
  const eventSourceToken = facts.text('EventSourceToken');
  const viaUrl = facts.flag('InvokedViaFunctionUrl');
  const organisation = facts.text('PrincipalOrgID', 'principalOrgId');
  resources.functionPermissions.push({
    functionName: target.functionName,
    ...(target.qualifier !== undefined && { qualifier: target.qualifier }),
    action: facts.text('Action') ?? 'lambda:InvokeFunction',
    principal,
    ...defined({ sourceArn, sourceAccount, eventSourceToken }),
    ...defined({ functionUrlAuthType: facts.choice('FunctionUrlAuthType', ['NONE', 'AWS_IAM']) }),
    ...defined({ invokedViaFunctionUrl: viaUrl, principalOrgId: organisation }),
    ...facts.definition(),
  });
};
