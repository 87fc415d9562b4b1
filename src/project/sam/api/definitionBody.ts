import { withEntries } from '../../document/build.ts';
import { type DocNode, descendant, type MapNode } from '../../document/sourceDocument.ts';
import type { Expansion } from '../expansion.ts';
import type { ApiRoute } from './apiRoute.ts';

export interface BodyOptions {
  readonly kind: 'REST' | 'HTTP';
  /** The `DefinitionBody` as written, if there is one. */
  readonly written: DocNode | undefined;
  readonly title: DocNode;
  readonly routes: readonly ApiRoute[];
  /** The API's own `Auth`. */
  readonly auth: DocNode | undefined;
  readonly securitySchemes: ReadonlyMap<string, DocNode>;
  readonly cors: DocNode | undefined;
  readonly place: DocNode;
}

/** The OpenAPI definition that SAM gives an API: what is written, and the routes of the events. */
export function definitionBody(options: BodyOptions, expansion: Expansion): DocNode {
  const { kind, written, title, auth, securitySchemes, cors, place } = options;
  const build = expansion.build(place);
  const base = written?.kind === 'map' ? written : build.map({});
  const schemes = schemesIn(kind, base, securitySchemes, expansion, place);
  const inherited = securityOf(undefined, auth, expansion, place);
  const info = descendant(base, 'info') ?? build.map({ version: '1.0', title });
  const own = build.map({
    [kind === 'REST' ? 'swagger' : 'openapi']: kind === 'REST' ? '2.0' : '3.0.1',
    info,
    ...schemes,
    'x-amazon-apigateway-cors': cors,
    security: inherited,
    paths: withRoutes(options, expansion),
  });
  return withEntries(own, [...base.entries, ...own.entries]);
}

function withRoutes(options: BodyOptions, expansion: Expansion): MapNode {
  const build = expansion.build(options.place);
  const written = descendant(options.written, 'paths');
  let paths = written?.kind === 'map' ? written : build.map({});
  for (const route of options.routes) {
    const known = descendant(paths, route.path);
    const methods = known?.kind === 'map' ? known : build.map({});
    const method = route.method === 'any' ? 'x-amazon-apigateway-any-method' : route.method;
    const routed = withEntries(methods, build.map({ [method]: methodOf(route, options, expansion) }).entries);
    paths = withEntries(paths, build.map({ [route.path]: routed }).entries);
  }
  return paths;
}

function methodOf(route: ApiRoute, { kind, auth }: BodyOptions, expansion: Expansion): DocNode {
  const build = expansion.build(route.place);
  const [version, call] = route.streaming
    ? ['2021-11-15', 'response-streaming-invocations']
    : ['2015-03-31', 'invocations'];
  const uri = build.sub(
    `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/${version}/functions/\${p_Function}/${call}`,
    { p_Function: route.functionArn },
  );
  return build.map({
    'x-amazon-apigateway-integration': build.map({
      type: 'aws_proxy',
      httpMethod: 'POST',
      uri,
      payloadFormatVersion: kind === 'HTTP' ? (route.payloadFormat ?? '2.0') : undefined,
      timeoutInMillis: route.timeout,
    }),
    security: securityOf(route.auth, auth, expansion, route.place),
    responses: build.map({}),
  });
}

/** What a route requires of its caller, in OpenAPI's form; undefined where nothing is said. */
function securityOf(
  routeAuth: DocNode | undefined,
  apiAuth: DocNode | undefined,
  expansion: Expansion,
  place: DocNode,
): DocNode | undefined {
  const build = expansion.build(place);
  const authorizer = descendant(routeAuth, 'Authorizer') ?? descendant(apiAuth, 'DefaultAuthorizer');
  const keyRequired = descendant(routeAuth, 'ApiKeyRequired') ?? descendant(apiAuth, 'ApiKeyRequired');
  const name = expansion.text(authorizer);
  const requirements: DocNode[] = [];
  if (name !== undefined && name !== 'NONE') {
    const definition = descendant(apiAuth, 'Authorizers', name);
    const scopes =
      descendant(routeAuth, 'AuthorizationScopes') ?? descendant(definition, 'AuthorizationScopes');
    requirements.push(build.map({ [name]: scopes ?? build.seq([]) }));
  }
  if (expansion.flag(keyRequired) === true) requirements.push(build.map({ api_key: build.seq([]) }));
  return requirements.length > 0 || name === 'NONE' ? build.seq(requirements) : undefined;
}

function schemesIn(
  kind: BodyOptions['kind'],
  base: MapNode,
  schemes: ReadonlyMap<string, DocNode>,
  expansion: Expansion,
  place: DocNode,
): Readonly<Record<string, DocNode>> {
  if (schemes.size === 0) return {};
  const build = expansion.build(place);
  const added = build.map(Object.fromEntries(schemes));
  const merge = (node: DocNode | undefined, further: MapNode) =>
    node?.kind === 'map' ? withEntries(node, further.entries) : further;
  if (kind === 'REST') return { securityDefinitions: merge(descendant(base, 'securityDefinitions'), added) };
  const known = descendant(base, 'components', 'securitySchemes');
  return {
    components: merge(descendant(base, 'components'), build.map({ securitySchemes: merge(known, added) })),
  };
}
