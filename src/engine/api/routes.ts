import type { StaticOperationSchema } from '@smithy/types';
import { type HttpHead, queryValue } from './http.ts';

export type RouteMatch =
  | {
      readonly kind: 'matched';
      readonly operation: StaticOperationSchema;
      /** Decoded. */
      readonly labels: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'unmatched' };

export interface RouteTable {
  readonly operations: readonly StaticOperationSchema[];
  match(request: HttpHead): RouteMatch;
}

/**
 * The routes of a restJson1 service, from the operation schemas among what its client exports.
 * https://smithy.io/2.0/spec/http-bindings.html#http-trait
 */
export function deriveRoutes(clientExports: Readonly<Record<string, unknown>>): RouteTable {
  const operations = Object.values(clientExports).filter(isOperationSchema);
  const byShape = new Map<string, Route[]>();
  for (const operation of operations) {
    const route = toRoute(operation);
    const key = shape(route.method, route.segments.length);
    byShape.set(key, [...(byShape.get(key) ?? []), route]);
  }
  // The most specific route first: `?find=LayerVersion` before the same path without, literals before labels.
  for (const routes of byShape.values()) routes.sort((a, b) => b.specificity - a.specificity);
  return {
    operations,
    match(request) {
      const segments = split(request.path);
      for (const route of byShape.get(shape(request.method, segments.length)) ?? []) {
        const labels = matchRoute(route, segments, request);
        if (labels) return { kind: 'matched', operation: route.operation, labels };
      }
      return { kind: 'unmatched' };
    },
  };
}

/** The operation's name, for example `Invoke`. */
export function operationName(operation: StaticOperationSchema): string {
  return operation[2];
}

/** Method, path template and success status of an operation. */
export function httpTrait(operation: StaticOperationSchema): readonly [string, string, number] {
  const traits = operation[3];
  const http = typeof traits === 'object' ? traits.http : undefined;
  if (!http) throw new Error(`The schema of ${operationName(operation)} has no http trait`);
  return http;
}

interface Route {
  readonly operation: StaticOperationSchema;
  readonly method: string;
  readonly segments: readonly ({ readonly literal: string } | { readonly label: string })[];
  /** Query parameters that tell operations of one path apart. */
  readonly query: readonly (readonly [string, string])[];
  readonly specificity: number;
}

function isOperationSchema(value: unknown): value is StaticOperationSchema {
  return Array.isArray(value) && value[0] === 9;
}

function toRoute(operation: StaticOperationSchema): Route {
  const [method, template] = httpTrait(operation);
  const [path = '', query = ''] = template.split('?');
  const segments = split(path).map(segment =>
    segment.startsWith('{') ? { label: segment.replace(/^\{|\+?\}$/g, '') } : { literal: segment },
  );
  const literalQuery = [...new URLSearchParams(query)];
  const literals = segments.filter(segment => 'literal' in segment).length;
  return {
    operation,
    method,
    segments,
    query: literalQuery,
    specificity: literals * 10 + literalQuery.length,
  };
}

function matchRoute(
  route: Route,
  segments: readonly string[],
  request: HttpHead,
): Readonly<Record<string, string>> | undefined {
  const labels: Record<string, string> = {};
  for (const [index, expected] of route.segments.entries()) {
    const segment = segments[index] ?? '';
    if ('label' in expected) {
      if (segment === '') return undefined;
      labels[expected.label] = decodeURIComponent(segment);
    } else if (segment !== expected.literal) return undefined;
  }
  return route.query.every(([name, value]) => queryValue(request, name) === value) ? labels : undefined;
}

/** Older clients end some paths in a slash. */
function split(path: string): readonly string[] {
  return path.replace(/^\/|\/$/g, '').split('/');
}

function shape(method: string, segments: number): string {
  return `${method} ${segments}`;
}
