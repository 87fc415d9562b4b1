import { parseFunctionReference } from '../functionReference.ts';
import { type Identify, named, physicalId } from './identity.ts';

const lambdaFunction = named('lambda', 'function:', 'FunctionName');

/** `FunctionName` may be a name or any form of ARN. */
function nameOf(written: string | undefined): string | undefined {
  return parseFunctionReference(written)?.functionName;
}

function functionArn(written: string | undefined, region: string, accountId: string): string {
  return `arn:aws:lambda:${region}:${accountId}:function:${nameOf(written) ?? ''}`;
}

/** The first deployment of a stack numbers the versions of a function in order. */
const version: Identify = ({ settings: { region, accountId }, property, before }) => {
  const number = String(before('FunctionName', nameOf) + 1);
  const arn = `${functionArn(property('FunctionName'), region, accountId)}:${number}`;
  return { ref: arn, arn, attributes: { Version: number, FunctionArn: arn } };
};

const alias: Identify = ({ settings: { region, accountId }, property, name }) => {
  const arn = `${functionArn(property('FunctionName'), region, accountId)}:${name('Name')}`;
  return { ref: arn, arn, attributes: { AliasArn: arn } };
};

const layer: Identify = ({ settings: { region, accountId }, name }) => {
  const arn = `arn:aws:lambda:${region}:${accountId}:layer:${name('LayerName')}:1`;
  return { ref: arn, arn, attributes: { LayerVersionArn: arn } };
};

const url: Identify = ({ settings: { region }, property, logicalId }) => {
  const arn = property('TargetFunctionArn') ?? '';
  const host = `${physicalId('', logicalId)}.lambda-url.${region}.on.aws`;
  return { ref: arn, arn, attributes: { FunctionArn: arn, FunctionUrl: `https://${host}/` } };
};

const mapping: Identify = ({ settings: { region, accountId }, logicalId }) => {
  const id = physicalId('', logicalId);
  const arn = `arn:aws:lambda:${region}:${accountId}:event-source-mapping:${id}`;
  return { ref: id, arn, attributes: { Id: id, EventSourceMappingArn: arn } };
};

export const lambdaIdentities: Readonly<Record<string, Identify>> = {
  'AWS::Lambda::Function': lambdaFunction,
  'AWS::Serverless::Function': lambdaFunction,
  'AWS::Lambda::Version': version,
  'AWS::Lambda::Alias': alias,
  'AWS::Lambda::LayerVersion': layer,
  'AWS::Serverless::LayerVersion': layer,
  'AWS::Lambda::Url': url,
  'AWS::Lambda::EventSourceMapping': mapping,
};
