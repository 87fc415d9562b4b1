import { buildAt } from '../document/build.ts';
import { hclCalls } from '../document/parseHcl.ts';
import { type DocNode, descendant, entriesOf, type MapEntry, textOf } from '../document/sourceDocument.ts';
import { unresolved } from './unresolved.ts';

/** A managed resource of a plan or a state. */
export interface PlannedResource {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  /** `module.network.`; empty for the root. */
  readonly prefix: string;
  /** Of a resource with a count or a loop. */
  readonly index?: string;
  readonly values: DocNode;
  /** Where its expressions refer to, in the form of the configuration. */
  readonly expressions: DocNode | undefined;
}

export interface Plan {
  readonly resources: readonly PlannedResource[];
  /** Values of data sources by address, `module.m.data.archive_file.code`. */
  readonly data: ReadonlyMap<string, DocNode>;
  /** Values that the root's variables were given. */
  readonly variables: ReadonlyMap<string, DocNode>;
  readonly configuration: PlannedModule | undefined;
}

/** A module as the plan's configuration has it: also one that is not in the workspace. */
export interface PlannedModule {
  /** `var.stage` for defaults and `output.url`, as a configuration's values are. */
  readonly values: ReadonlyMap<string, DocNode>;
  readonly children: ReadonlyMap<string, { readonly module: PlannedModule; readonly given: DocNode }>;
}

/**
 * Reads `terraform show -json` of a plan or a state; undefined for JSON that is neither.
 * https://developer.hashicorp.com/terraform/internals/json-format
 */
export function readPlan(root: DocNode): Plan | undefined {
  const planned = descendant(root, 'planned_values') ?? descendant(root, 'values');
  const rootModule = descendant(planned, 'root_module');
  if (!descendant(root, 'format_version') || !rootModule) return undefined;
  const configuration = descendant(root, 'configuration', 'root_module');
  const unknown = new Map<string, DocNode>();
  for (const change of itemsOf(descendant(root, 'resource_changes'))) {
    const address = textOf(descendant(change, 'address'));
    const parts = descendant(change, 'change', 'after_unknown');
    if (address !== undefined && parts) unknown.set(address, parts);
  }
  const resources: PlannedResource[] = [];
  const data = new Map<string, DocNode>();
  const priorModule = descendant(root, 'prior_state', 'values', 'root_module');
  for (const module of [priorModule, rootModule]) {
    if (module) visit(module, '', configuration, module === rootModule ? resources : [], data);
  }
  return {
    resources: resources.map(resource => ({
      ...resource,
      values: withUnknown(resource.values, unknown.get(resource.address)),
    })),
    data,
    variables: variablesOf(root),
    configuration: configuration && moduleOf(configuration),
  };
}

/** The values with a placeholder for each that only comes with the deployment. */
function withUnknown(value: DocNode, unknown: DocNode | undefined): DocNode {
  if (value.kind === 'seq' && unknown?.kind === 'seq') {
    return { ...value, items: value.items.map((item, at) => withUnknown(item, unknown.items[at])) };
  }
  if (value.kind !== 'map' || unknown?.kind !== 'map') return value;
  const entries = new Map(value.entries);
  for (const [name, { key, value: part }] of unknown.entries) {
    const known = entries.get(name);
    if (known) entries.set(name, { key: known.key, value: withUnknown(known.value, part) });
    else if (part.kind === 'scalar' && part.value === true) {
      entries.set(name, { key, value: unresolved(name, 'It is known after the deployment.', part) });
    }
  }
  return { ...value, entries };
}

function variablesOf(root: DocNode): ReadonlyMap<string, DocNode> {
  const found = new Map<string, DocNode>();
  for (const [name, { value }] of entriesOf(descendant(root, 'variables'))) {
    const given = descendant(value, 'value');
    if (given) found.set(name, given);
  }
  return found;
}

function moduleOf(configuration: DocNode): PlannedModule {
  const values = new Map<string, DocNode>();
  for (const [name, { value }] of entriesOf(descendant(configuration, 'variables'))) {
    const fallback = descendant(value, 'default');
    if (fallback) values.set(`var.${name}`, fallback);
  }
  for (const [name, { value }] of entriesOf(descendant(configuration, 'outputs'))) {
    const expression = descendant(value, 'expression');
    if (expression) values.set(`output.${name}`, asConfiguration(expression));
  }
  const children = new Map<string, { module: PlannedModule; given: DocNode }>();
  for (const [name, { value }] of entriesOf(descendant(configuration, 'module_calls'))) {
    const module = descendant(value, 'module');
    if (module)
      children.set(name, {
        module: moduleOf(module),
        given: asConfiguration(descendant(value, 'expressions') ?? value),
      });
  }
  return { values, children };
}

function visit(
  module: DocNode,
  prefix: string,
  configuration: DocNode | undefined,
  resources: PlannedResource[],
  data: Map<string, DocNode>,
): void {
  const expressions = expressionsOf(configuration);
  for (const resource of itemsOf(descendant(module, 'resources'))) {
    const address = textOf(descendant(resource, 'address'));
    const type = textOf(descendant(resource, 'type'));
    const name = textOf(descendant(resource, 'name'));
    const values = descendant(resource, 'values');
    if (address === undefined || type === undefined || name === undefined || !values) continue;
    if (textOf(descendant(resource, 'mode')) === 'data') {
      data.set(`${prefix}data.${type}.${name}`, values);
      continue;
    }
    const index = descendant(resource, 'index');
    resources.push({
      address,
      type,
      name,
      prefix,
      ...(index?.kind === 'scalar' && { index: String(index.value) }),
      values,
      expressions: expressions.get(`${type}.${name}`),
    });
  }
  for (const child of itemsOf(descendant(module, 'child_modules'))) {
    const address = textOf(descendant(child, 'address')) ?? '';
    const call =
      address
        .replace(/\[[^\]]*\]/g, '')
        .split('.')
        .at(-1) ?? '';
    const inner = descendant(configuration, 'module_calls', call, 'module');
    visit(child, `${address}.`, inner, resources, data);
  }
}

function expressionsOf(configuration: DocNode | undefined): ReadonlyMap<string, DocNode> {
  const found = new Map<string, DocNode>();
  for (const resource of itemsOf(descendant(configuration, 'resources'))) {
    const address = textOf(descendant(resource, 'address'));
    const expressions = descendant(resource, 'expressions');
    if (address !== undefined && expressions) found.set(address, asConfiguration(expressions));
  }
  return found;
}

/** The plan lists what an expression refers to; one reference is taken for the expression itself. */
function asConfiguration(node: DocNode): DocNode {
  if (node.kind === 'seq') return { ...node, items: node.items.map(asConfiguration) };
  if (node.kind === 'scalar') return node;
  const constant = descendant(node, 'constant_value');
  if (constant) return constant;
  const references = descendant(node, 'references');
  if (references?.kind === 'seq') return referenced(references.items, node);
  const entries = new Map<string, MapEntry>();
  for (const [name, { key, value }] of entriesOf(node))
    entries.set(name, { key, value: asConfiguration(value) });
  return { ...node, entries };
}

function referenced(references: readonly DocNode[], place: DocNode): DocNode {
  const build = buildAt(place);
  const paths = references.map(textOf).filter(path => path !== undefined);
  // `aws_sqs_queue.jobs.arn` is followed by `aws_sqs_queue.jobs`, which it contains.
  const whole = paths.filter(
    path => !paths.some(other => other.startsWith(`${path}.`) || other.startsWith(`${path}[`)),
  );
  const nodes = whole.map(path => build.map({ [hclCalls.reference]: path }));
  return nodes.length === 1 && nodes[0] ? nodes[0] : build.seq(nodes);
}

function itemsOf(node: DocNode | undefined): readonly DocNode[] {
  return node?.kind === 'seq' ? node.items : [];
}
