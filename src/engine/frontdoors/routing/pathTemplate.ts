import { decode } from '../gatewayRequest.ts';

/** What stands at each place of a path such as `/orders/{orderId}` or `/files/{proxy+}`. */
export type Segment =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'parameter'; readonly name: string }
  /** The rest of the path, at least one segment of it. */
  | { readonly kind: 'greedy'; readonly name: string };

export function parsePathTemplate(path: string): readonly Segment[] {
  return segmentsOf(path).map(text => {
    const name = /^\{([^{}]+)\}$/.exec(text)?.[1];
    if (name === undefined) return { kind: 'literal', text };
    return name.endsWith('+') ? { kind: 'greedy', name: name.slice(0, -1) } : { kind: 'parameter', name };
  });
}

/** The segments of a path; an empty one at its end stands for a trailing slash. */
export function segmentsOf(path: string): readonly string[] {
  return path === '/' || path === '' ? [] : path.replace(/^\//, '').split('/');
}

/** The path parameters, decoded; undefined where the path does not match. */
export function matchPath(
  template: readonly Segment[],
  segments: readonly string[],
): Readonly<Record<string, string>> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, expected] of template.entries()) {
    const segment = segments[index];
    if (segment === undefined) return undefined;
    switch (expected.kind) {
      case 'literal':
        if (decode(segment) !== expected.text && segment !== expected.text) return undefined;
        break;
      case 'parameter':
        if (segment === '') return undefined;
        parameters[expected.name] = decode(segment);
        break;
      case 'greedy': {
        const rest = segments.slice(index).map(decode).join('/');
        if (rest === '') return undefined;
        parameters[expected.name] = rest;
        return parameters;
      }
    }
  }
  return template.length === segments.length ? parameters : undefined;
}

/** The more specific template first: place by place, a literal goes before a parameter, and that before the rest. */
export function compareTemplates(a: readonly Segment[], b: readonly Segment[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = rank(a[index]) - rank(b[index]);
    if (difference !== 0) return difference;
  }
  return 0;
}

function rank(segment: Segment | undefined): number {
  if (segment === undefined) return 3;
  return { literal: 0, parameter: 1, greedy: 2 }[segment.kind];
}
