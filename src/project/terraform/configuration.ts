import type { HclBlock } from '../document/parseHcl.ts';
import { type DocNode, descendant, type MapEntry, textOf } from '../document/sourceDocument.ts';
import type { Module } from './module.ts';
import type { Plan } from './plan.ts';
import { type Referred, Resolver } from './resolver.ts';
import { TfResource } from './tfResource.ts';

/** A resource before its expressions are resolved. */
interface Source {
  readonly type: string;
  readonly name: string;
  readonly address: string;
  readonly index?: string;
  readonly module: Module;
  /** Known values, of a plan. */
  readonly values?: DocNode;
  /** Expressions of the configuration. */
  readonly body: DocNode | undefined;
  readonly place: DocNode;
}

/**
 * The resources of a configuration, of a plan, or of a plan with its configuration beside it.
 *
 * @param isRead whether resources of a type are a part of the model.
 */
export function resourcesOf(
  root: Module,
  plan: Plan | undefined,
  isRead: (type: string) => boolean,
): readonly TfResource[] {
  const sources = plan ? plannedSources(root, plan) : writtenSources(root);
  const ids = assignIds(sources);
  const byAddress = new Map<string, Referred>();
  sources.forEach((source, at) => {
    const key = `${source.module.prefix}${source.type}.${source.name}`;
    const { type, values, body } = source;
    const referred: Referred = {
      logicalId: ids[at] ?? '',
      isRead: isRead(type),
      body: values ? merged(values, body) : body,
    };
    const first = byAddress.get(key);
    byAddress.set(key, first ? { ...first, others: [...(first.others ?? []), referred] } : referred);
    if (source.index !== undefined) byAddress.set(`${key}.${source.index}`, referred);
  });
  const resolver = new Resolver((module, address) => byAddress.get(`${module.prefix}${address}`));
  return sources.flatMap((source, at) => {
    const { type, name, address, module, place } = source;
    if (!isRead(type)) return [];
    const expressions = source.body && resolver.resolve(source.body, module);
    const body = source.values ? merged(source.values, expressions) : (expressions ?? place);
    return new TfResource({ type, name, address, logicalId: ids[at] ?? name, body, place });
  });
}

function plannedSources(root: Module, plan: Plan): readonly Source[] {
  const modules = new Map<string, Module>();
  const collect = (module: Module): void => {
    modules.set(module.prefix, module);
    for (const child of module.children.values()) collect(child);
  };
  collect(root);
  return plan.resources.map(planned => {
    const { type, name, address, index, values, expressions } = planned;
    const prefix = planned.prefix.replace(/\[[^\]]*\]/g, '');
    const module = modules.get(prefix) ?? { ...root, prefix, children: new Map(), resources: [] };
    const block = module.resources.find(({ labels }) => labels[0] === type && labels[1] === name);
    return {
      type,
      name,
      address,
      ...(index !== undefined && { index }),
      module,
      values,
      body: block?.body ?? expressions,
      place: block?.place ?? values,
    };
  });
}

function writtenSources(module: Module): readonly Source[] {
  const own = module.resources.filter(exists).map(({ labels, body, place }): Source => {
    const [type = '', name = ''] = labels;
    return { type, name, address: `${module.prefix}${type}.${name}`, module, body, place };
  });
  return [...own, ...[...module.children.values()].flatMap(writtenSources)];
}

/** `count = 0` is how a resource is turned off. */
function exists({ body }: HclBlock): boolean {
  const count = descendant(body, 'count');
  return !(count?.kind === 'scalar' && count.value === 0);
}

/** The name of the resource, and its type where another has the same name. */
function assignIds(sources: readonly Source[]): readonly string[] {
  const plain = sources.map(({ name, index, module }) =>
    pascalCase(`${module.prefix.replaceAll('module.', '')}${name}${index === undefined ? '' : `_${index}`}`),
  );
  const counts = new Map<string, number>();
  for (const id of plain) counts.set(id, (counts.get(id) ?? 0) + 1);
  const taken = new Set<string>();
  return plain.map((id, at) => {
    const isShared = (counts.get(id) ?? 0) > 1;
    const type = pascalCase((sources[at]?.type ?? '').replace(/^aws_/, ''));
    let candidate = isShared ? `${id}${type}` : id;
    for (let count = 2; taken.has(candidate); count += 1) candidate = `${id}${type}${count}`;
    taken.add(candidate);
    return candidate;
  });
}

function pascalCase(name: string): string {
  return name.replace(/(?:^|[^0-9A-Za-z]+)([0-9A-Za-z]?)/g, (_, letter: string) => letter.toUpperCase());
}

/** A plan knows values; for what it does not, the expression stands. */
function merged(value: DocNode, expression: DocNode | undefined): DocNode {
  if (!expression) return value;
  if (value.kind === 'scalar') return value.value === null || value.placeholders ? expression : value;
  if (value.kind === 'seq') {
    // An unknown list is empty in a plan.
    if (value.items.length === 0) return expression.kind === 'seq' ? expression : value;
    if (expression.kind !== 'seq') return value;
    return { ...value, items: value.items.map((item, at) => merged(item, expression.items[at])) };
  }
  if (expression.kind !== 'map') return value;
  const entries = new Map<string, MapEntry>(value.entries);
  for (const [name, entry] of expression.entries) {
    const known = entries.get(name);
    const isArchive =
      name === 'filename' && !textOf(entry.value)?.endsWith('.zip') && entry.value.kind === 'scalar';
    if (!known || isArchive) entries.set(name, entry);
    else entries.set(name, { key: known.key, value: merged(known.value, entry.value) });
  }
  return { ...value, entries };
}
