import type { ModelConstraints, ShapeConstraints } from '../../model/modelConstraints.ts';

/** What is read of a service model of botocore. */
export interface ServiceModel {
  /** Says where an excerpt comes from; absent in botocore's own file. */
  readonly notice?: string;
  readonly operations: Readonly<Record<string, { readonly input?: { readonly shape: string } }>>;
  readonly shapes: Readonly<Record<string, ModelShape>>;
}

interface ModelShape {
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, Reference>>;
  readonly member?: Reference;
  readonly key?: Reference;
  readonly value?: Reference;
  readonly enum?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
}

interface Reference {
  readonly shape: string;
}

/** Keeps the inputs of operations, and of the shapes those that say something of their values. */
export function cutModel({ notice, operations, shapes }: ServiceModel): ModelConstraints {
  const cut: Record<string, ShapeConstraints> = {};
  const underWay = new Set<string>();

  const visit = (name: string): string | undefined => {
    if (cut[name] !== undefined) return name;
    const shape = shapes[name];
    if (!shape || underWay.has(name)) return undefined;
    underWay.add(name);
    const visited = constraintsOf(shape, visit);
    underWay.delete(name);
    if (Object.keys(visited).length === 0) return undefined;
    cut[name] = visited;
    return name;
  };

  const inputs: Record<string, string> = {};
  for (const [operation, { input }] of Object.entries(operations).sort(byName)) {
    const shape = input && visit(input.shape);
    if (shape !== undefined) inputs[operation] = shape;
  }
  return {
    notice: notice ?? botocoreNotice,
    operations: inputs,
    shapes: Object.fromEntries(Object.entries(cut).sort(byName)),
  };
}

const botocoreNotice =
  'Derived from botocore, data/lambda/2015-03-31/service-2.json. Copyright Amazon.com, Inc. or its affiliates. Licensed under the Apache License, Version 2.0.';

function constraintsOf(
  { required = [], members = {}, member, key, value, ...shape }: ModelShape,
  visit: (name: string) => string | undefined,
): ShapeConstraints {
  const kept = Object.entries(members).flatMap(([name, { shape: target }]) => {
    const visited = visit(target);
    return visited === undefined ? [] : [[name, visited] as const];
  });
  const references = { member, key, value };
  const constraints: ShapeConstraints = {
    ...(required.length > 0 ? { required } : {}),
    ...(kept.length > 0 ? { members: Object.fromEntries(kept) } : {}),
    ...(shape.enum ? { enum: shape.enum } : {}),
    ...(shape.min === undefined ? {} : { min: shape.min }),
    ...(shape.max === undefined ? {} : { max: shape.max }),
    ...(shape.pattern === undefined ? {} : { pattern: shape.pattern }),
    ...Object.fromEntries(
      Object.entries(references).flatMap(([name, reference]) => {
        const visited = reference && visit(reference.shape);
        return visited === undefined ? [] : [[name, visited] as const];
      }),
    ),
  };
  return constraints;
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
