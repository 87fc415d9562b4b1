import type { RouteDefinition } from '../../../model/http.ts';
import { compareTemplates, matchPath, parsePathTemplate, segmentsOf } from './pathTemplate.ts';

export interface HttpMatch {
  readonly route: RouteDefinition;
  readonly pathParameters: Readonly<Record<string, string>>;
}

export type HttpRouter = (method: string, path: string) => HttpMatch | undefined;

/**
 * Finds the route of an HTTP API that a request reaches: a full match of method and path, then one with a greedy
 * path variable, then `$default`. Where a path has both, its own method goes before `ANY`. Paths are decoded,
 * without the stage.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html#http-api-develop-routes.evaluation
 */
export function createHttpRouter(routes: readonly RouteDefinition[]): HttpRouter {
  const fallback = routes.find(route => route.path === defaultRoute);
  const others = routes
    .filter(route => route.path !== defaultRoute)
    .map(route => ({ route, template: parsePathTemplate(route.path) }))
    .sort(
      (a, b) =>
        Number(isGreedy(a.route)) - Number(isGreedy(b.route)) ||
        compareTemplates(a.template, b.template) ||
        Number(a.route.method === 'ANY') - Number(b.route.method === 'ANY'),
    );
  return (method, path) => {
    // What is decoded already must not be decoded again.
    const segments = segmentsOf(path).map(encodeURIComponent);
    for (const { route, template } of others) {
      if (route.method !== method && route.method !== 'ANY') continue;
      const pathParameters = matchPath(template, segments);
      if (pathParameters) return { route, pathParameters };
    }
    return fallback && { route: fallback, pathParameters: {} };
  };
}

/** `GET /orders/{orderId}`, or `$default`. */
export function routeKeyOf(route: Pick<RouteDefinition, 'method' | 'path'>): string {
  return route.method === undefined || route.path === defaultRoute
    ? route.path
    : `${route.method} ${route.path}`;
}

const defaultRoute = '$default';

function isGreedy({ path }: RouteDefinition): boolean {
  return path.endsWith('+}');
}
