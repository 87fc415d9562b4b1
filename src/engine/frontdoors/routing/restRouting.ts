import { compareTemplates, matchPath, parsePathTemplate, segmentsOf } from './pathTemplate.ts';

/** What a resource has. */
interface Method {
  readonly path: string;
  readonly method?: string;
}

export type RestMatch<Route extends Method> =
  | {
      readonly kind: 'method';
      readonly route: Route;
      readonly pathParameters: Readonly<Record<string, string>>;
      /** Those of the resource. */
      readonly methods: readonly string[];
    }
  /** The path leads to a resource without such a method. */
  | { readonly kind: 'noMethod'; readonly path: string; readonly methods: readonly string[] }
  | { readonly kind: 'noResource' };

export type RestRouter<Route extends Method> = (method: string, path: string) => RestMatch<Route>;

/**
 * Finds the method of a REST API that a request reaches. The path alone picks the resource, so that a method which
 * the most specific resource does not have is not looked for in a greedier one. A trailing slash makes no
 * difference. Paths are percent-encoded, without the stage.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-settings-method-request.html
 */
export function createRestRouter<Route extends Method>(routes: readonly Route[]): RestRouter<Route> {
  const resources = [...Map.groupBy(routes, route => route.path)]
    .map(([path, methods]) => ({ path, methods, template: parsePathTemplate(path) }))
    .sort((a, b) => compareTemplates(a.template, b.template));
  return (method, path) => {
    const segments = segmentsOf(path.replace(/(.)\/$/, '$1'));
    for (const { path: resourcePath, methods, template } of resources) {
      const pathParameters = matchPath(template, segments);
      if (!pathParameters) continue;
      const names = methods.flatMap(each => each.method ?? []);
      const route =
        methods.find(each => each.method === method) ?? methods.find(each => each.method === 'ANY');
      return route
        ? { kind: 'method', route, pathParameters, methods: names }
        : { kind: 'noMethod', path: resourcePath, methods: names };
    }
    return { kind: 'noResource' };
  };
}
