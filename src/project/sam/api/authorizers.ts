import { type DocNode, descendant } from '../../document/sourceDocument.ts';
import type { Expansion } from '../expansion.ts';

/**
 * The authorizers of an API's `Auth` as OpenAPI security schemes, and the permissions to call those that are
 * functions.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-controlling-access-to-apis.html
 */
export function expandAuthorizers(
  kind: 'REST' | 'HTTP',
  apiId: string,
  auth: DocNode | undefined,
  expansion: Expansion,
): ReadonlyMap<string, DocNode> {
  const schemes = new Map<string, DocNode>();
  for (const [name, { key, value }] of expansion.shapes(descendant(auth, 'Authorizers'))) {
    const functionArn = descendant(value, 'FunctionArn');
    const scheme = kind === 'REST' ? restScheme(value, expansion, key) : httpScheme(value, expansion, key);
    if (!scheme) {
      expansion.error(`The authorizer ${name} names neither a function nor where its tokens come from.`, key);
      continue;
    }
    schemes.set(name, scheme);
    const wanted = descendant(value, 'EnableFunctionDefaultPermissions');
    const permitted = expansion.flag(wanted) ?? kind === 'REST';
    const viaRole = descendant(value, 'FunctionInvokeRole');
    if (!functionArn || viaRole || !permitted) continue;
    const build = expansion.build(key);
    const pattern = `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${p_Api}/authorizers/*`;
    expansion.add(
      `${apiId}${name}AuthorizerPermission`,
      'AWS::Lambda::Permission',
      build.map({
        Action: 'lambda:InvokeFunction',
        FunctionName: functionArn,
        Principal: 'apigateway.amazonaws.com',
        SourceArn: build.sub(pattern, { p_Api: build.ref(apiId) }),
      }),
      key,
    );
  }
  if (usesIam(apiId, auth, expansion)) {
    const build = expansion.build(auth ?? { document: expansion.root.document, start: 0, end: 0 });
    schemes.set(
      'AWS_IAM',
      build.map({
        type: 'apiKey',
        name: 'Authorization',
        in: 'header',
        'x-amazon-apigateway-authtype': 'awsSigv4',
      }),
    );
  }
  return schemes;
}

function usesIam(apiId: string, auth: DocNode | undefined, expansion: Expansion): boolean {
  const names = [
    descendant(auth, 'DefaultAuthorizer'),
    ...(expansion.routes.get(apiId) ?? []).map(route => descendant(route.auth, 'Authorizer')),
  ];
  return names.some(name => expansion.text(name) === 'AWS_IAM');
}

function restScheme(authorizer: DocNode, expansion: Expansion, place: DocNode): DocNode | undefined {
  const build = expansion.build(place);
  const own = (name: string) => expansion.shape(descendant(authorizer, name));
  const identity = (name: string) => descendant(own('Identity'), name);
  const pools = own('UserPoolArn');
  const functionArn = own('FunctionArn');
  const scheme = (
    header: DocNode | string,
    authtype: string,
    details: Record<string, DocNode | string | undefined>,
  ) =>
    build.map({
      type: 'apiKey',
      in: 'header',
      name: header,
      'x-amazon-apigateway-authtype': authtype,
      'x-amazon-apigateway-authorizer': build.map({
        ...details,
        authorizerResultTtlInSeconds: identity('ReauthorizeEvery'),
        identityValidationExpression: identity('ValidationExpression'),
      }),
    });
  const header = identity('Header') ?? 'Authorization';
  if (pools) {
    const providers = pools.kind === 'seq' ? pools : build.seq([pools]);
    return scheme(header, 'cognito_user_pools', { type: 'cognito_user_pools', providerARNs: providers });
  }
  if (!functionArn) return undefined;
  const authorizerUri = invocationUri(functionArn, expansion, place);
  if (expansion.text(own('FunctionPayloadType')) !== 'REQUEST') {
    return scheme(header, 'custom', { type: 'token', authorizerUri });
  }
  const sources = [
    ...expansion.texts(identity('Headers')).map(name => `method.request.header.${name}`),
    ...expansion.texts(identity('QueryStrings')).map(name => `method.request.querystring.${name}`),
    ...expansion.texts(identity('StageVariables')).map(name => `stageVariables.${name}`),
    ...expansion.texts(identity('Context')).map(name => `context.${name}`),
  ];
  const identitySource = sources.length > 0 ? sources.join(', ') : undefined;
  return scheme('Unused', 'custom', { type: 'request', authorizerUri, identitySource });
}

function httpScheme(authorizer: DocNode, expansion: Expansion, place: DocNode): DocNode | undefined {
  const build = expansion.build(place);
  const own = (name: string) => expansion.shape(descendant(authorizer, name));
  const jwt = own('JwtConfiguration');
  if (jwt) {
    return build.map({
      type: 'oauth2',
      'x-amazon-apigateway-authorizer': build.map({
        type: 'jwt',
        jwtConfiguration: jwt,
        identitySource: own('IdentitySource'),
      }),
    });
  }
  const functionArn = own('FunctionArn');
  if (!functionArn) return undefined;
  const identity = (name: string) => descendant(own('Identity'), name);
  const sources = [
    ...expansion.texts(identity('Headers')).map(name => `$request.header.${name}`),
    ...expansion.texts(identity('QueryStrings')).map(name => `$request.querystring.${name}`),
    ...expansion.texts(identity('StageVariables')).map(name => `$stageVariables.${name}`),
    ...expansion.texts(identity('Context')).map(name => `$context.${name}`),
  ];
  return build.map({
    type: 'apiKey',
    name: 'Unused',
    in: 'header',
    'x-amazon-apigateway-authorizer': build.map({
      type: 'request',
      authorizerUri: invocationUri(functionArn, expansion, place),
      authorizerPayloadFormatVersion: own('AuthorizerPayloadFormatVersion'),
      authorizerResultTtlInSeconds: identity('ReauthorizeEvery'),
      enableSimpleResponses: own('EnableSimpleResponses'),
      identitySource: sources.length > 0 ? build.seq(sources.map(source => build.scalar(source))) : undefined,
    }),
  });
}

function invocationUri(functionArn: DocNode, expansion: Expansion, place: DocNode): DocNode {
  return expansion
    .build(place)
    .sub(
      `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${p_Function}/invocations`,
      { p_Function: functionArn },
    );
}
