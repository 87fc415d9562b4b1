import { type DocNode, descendant, type MapEntry, textOf } from '../../document/sourceDocument.ts';
import { implicitHttpApi, implicitRestApi } from '../events/apiEvents.ts';
import type { Expansion } from '../expansion.ts';
import { withGlobals } from '../globals.ts';
import { expandAuthorizers } from './authorizers.ts';
import { definitionBody } from './definitionBody.ts';

/** The APIs that SAM makes because events name none. Called once every function is written out. */
export function addImplicitApis(expansion: Expansion): void {
  const kinds = [
    [implicitRestApi, 'Api', 'REST'],
    [implicitHttpApi, 'HttpApi', 'HTTP'],
  ] as const;
  for (const [logicalId, section, kind] of kinds) {
    const place = expansion.routes.get(logicalId)?.[0]?.place;
    if (!place || expansion.scope.resources.has(logicalId)) continue;
    const build = expansion.build(place);
    const entry = { key: build.scalar(logicalId), value: build.map({}) };
    const properties = withGlobals(expansion.root, section, undefined) ?? build.map({});
    expansion.implicit.add(logicalId);
    expandApi(kind, logicalId, entry, properties, expansion);
  }
}

/** AWS::Serverless::Api and AWS::Serverless::HttpApi. */
export function expandApi(
  kind: 'REST' | 'HTTP',
  logicalId: string,
  entry: MapEntry,
  properties: DocNode,
  expansion: Expansion,
): void {
  const own = (name: string) => expansion.shape(descendant(properties, name));
  const build = expansion.build(entry.key);
  const auth = own('Auth');
  const body = definitionBody(
    {
      kind,
      written: own('DefinitionBody'),
      title: own('Name') ?? build.ref('AWS::StackName'),
      routes: expansion.routes.get(logicalId) ?? [],
      auth,
      securitySchemes: expandAuthorizers(kind, logicalId, auth, expansion),
      cors:
        kind === 'REST'
          ? restCors(own('Cors'), auth, expansion)
          : httpCors(own('CorsConfiguration'), expansion),
      place: entry.key,
    },
    expansion,
  );
  const type = kind === 'REST' ? 'AWS::ApiGateway::RestApi' : 'AWS::ApiGatewayV2::Api';
  const details = build.map({
    Body: body,
    Name: kind === 'REST' ? own('Name') : undefined,
    Description: own('Description'),
    BinaryMediaTypes: own('BinaryMediaTypes'),
  });
  const wasImplicit = expansion.implicit.has(logicalId);
  expansion.replace(logicalId, entry, type, details);
  if (wasImplicit) expansion.implicit.add(logicalId);
  if (kind === 'REST') addRestStage(logicalId, own, entry, expansion);
  else addHttpStage(logicalId, own, entry, expansion);
}

type Own = (name: string) => DocNode | undefined;

function addRestStage(logicalId: string, own: Own, entry: MapEntry, expansion: Expansion): void {
  const build = expansion.build(entry.key);
  const stage = own('StageName') ?? build.scalar('Prod');
  const deploymentId = `${logicalId}Deployment`;
  const stageId = `${logicalId}${plainName(stage)}Stage`;
  expansion.add(
    deploymentId,
    'AWS::ApiGateway::Deployment',
    // A stage called Stage is a mistake of SAM's that only an OpenApiVersion avoids.
    build.map({ RestApiId: build.ref(logicalId), StageName: own('OpenApiVersion') ? undefined : 'Stage' }),
    entry.key,
  );
  expansion.add(
    stageId,
    'AWS::ApiGateway::Stage',
    build.map({
      RestApiId: build.ref(logicalId),
      DeploymentId: build.ref(deploymentId),
      StageName: stage,
      Variables: own('Variables'),
      AccessLogSetting: own('AccessLogSetting'),
    }),
    entry.key,
  );
  expansion.generated.set(`${logicalId}.Stage`, stageId);
  expansion.generated.set(`${logicalId}.Deployment`, deploymentId);
}

function addHttpStage(logicalId: string, own: Own, entry: MapEntry, expansion: Expansion): void {
  const build = expansion.build(entry.key);
  const stage = own('StageName');
  const stageId = stage ? `${logicalId}${plainName(stage)}Stage` : `${logicalId}ApiGatewayDefaultStage`;
  expansion.add(
    stageId,
    'AWS::ApiGatewayV2::Stage',
    build.map({
      ApiId: build.ref(logicalId),
      StageName: stage ?? '$default',
      StageVariables: own('StageVariables'),
      AccessLogSettings: own('AccessLogSettings'),
      AutoDeploy: true,
    }),
    entry.key,
  );
  expansion.generated.set(`${logicalId}.Stage`, stageId);
}

/** SAM puts the stage into the logical id only where it is plain text. */
function plainName(stage: DocNode): string {
  const name = textOf(stage);
  return name !== undefined && /^[0-9A-Za-z]+$/.test(name) ? name : '';
}

/** `true`, an origin, or a map in API Gateway's own terms. */
function httpCors(written: DocNode | undefined, expansion: Expansion): DocNode | undefined {
  if (!written || expansion.flag(written) === false) return undefined;
  const build = expansion.build(written);
  if (expansion.flag(written) === true) return build.map({ allowOrigins: build.seq([build.scalar('*')]) });
  if (written.kind !== 'map') return build.map({ allowOrigins: build.seq([written]) });
  const own = (name: string) => descendant(written, name);
  return build.map({
    allowOrigins: own('AllowOrigins'),
    allowMethods: own('AllowMethods'),
    allowHeaders: own('AllowHeaders'),
    exposeHeaders: own('ExposeHeaders'),
    maxAge: own('MaxAge'),
    allowCredentials: own('AllowCredentials'),
  });
}

/** A REST API's values are texts within quotes: `"'GET,POST'"`. */
function restCors(
  written: DocNode | undefined,
  auth: DocNode | undefined,
  expansion: Expansion,
): DocNode | undefined {
  if (!written) return undefined;
  const build = expansion.build(written);
  const list = (node: DocNode | undefined) => {
    const text = expansion.text(node);
    if (text === undefined) return undefined;
    const parts = text.replace(/^'|'$/g, '').split(',');
    return build.seq(parts.map(part => build.scalar(part.trim())));
  };
  // https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-apiauth.html
  const isGuarded =
    descendant(auth, 'DefaultAuthorizer') !== undefined &&
    expansion.flag(descendant(auth, 'AddDefaultAuthorizerToCorsPreflight')) !== false;
  const guard = isGuarded ? { asksDefaultAuthorizer: true } : {};
  if (written.kind !== 'map') return build.map({ allowOrigins: list(written), ...guard });
  const seconds = Number(expansion.text(descendant(written, 'MaxAge'))?.replace(/'/g, ''));
  return build.map({
    allowOrigins: list(descendant(written, 'AllowOrigin')) ?? build.seq([build.scalar('*')]),
    allowMethods: list(descendant(written, 'AllowMethods')),
    allowHeaders: list(descendant(written, 'AllowHeaders')),
    maxAge: Number.isFinite(seconds) ? seconds : undefined,
    allowCredentials: descendant(written, 'AllowCredentials'),
    ...guard,
  });
}
