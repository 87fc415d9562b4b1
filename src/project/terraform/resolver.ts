import { join } from 'node:path';
import { buildAt } from '../document/build.ts';
import { hclCalls } from '../document/parseHcl.ts';
import {
  type DocNode,
  descendant,
  type MapEntry,
  type ScalarNode,
  textOf,
} from '../document/sourceDocument.ts';
import { attributeOf, generatedNameOf } from './attributes.ts';
import type { Module } from './module.ts';
import { policyDocumentOf } from './policyDocument.ts';
import { unresolved } from './unresolved.ts';

/** A resource that an expression refers to. */
export interface Referred {
  readonly logicalId: string;
  /** Whether it is a part of the model; of any other only what is written is known. */
  readonly isRead: boolean;
  /** What is written of it. */
  readonly body: DocNode | undefined;
  /** Further ones of the same address, but for their indexes. */
  readonly others?: readonly Referred[];
}

/** Finds a resource by its address within a module. */
export type FindResource = (module: Module, address: string) => Referred | undefined;

/** Turns Terraform's expressions into CloudFormation's, as far as they only name and join things. */
export class Resolver {
  readonly #find: FindResource;
  readonly #inProgress = new Set<string>();

  constructor(find: FindResource) {
    this.#find = find;
  }

  resolve(node: DocNode, module: Module): DocNode {
    if (node.kind === 'scalar') return node;
    if (node.kind === 'seq') return { ...node, items: node.items.map(item => this.resolve(item, module)) };
    const reference = textOf(descendant(node, hclCalls.reference));
    if (reference !== undefined) return this.#reference(reference, node, module);
    const parts = descendant(node, hclCalls.template);
    if (parts?.kind === 'seq')
      return joined(
        parts.items.map(part => this.resolve(part, module)),
        node,
      );
    const call = descendant(node, hclCalls.call);
    if (call?.kind === 'seq') return this.#call(call.items, node, module);
    const entries = new Map<string, MapEntry>();
    for (const [name, { key, value }] of node.entries)
      entries.set(name, { key, value: this.resolve(value, module) });
    return { ...node, entries };
  }

  #reference(path: string, place: DocNode, module: Module): DocNode {
    const key = `${module.prefix}${path}`;
    if (this.#inProgress.has(key)) return unresolved(path, 'It depends on itself.', place);
    this.#inProgress.add(key);
    const found = this.#lookUp(path, place, module);
    this.#inProgress.delete(key);
    return found ?? unresolved(path, 'Neither the configuration nor a plan tells its value.', place);
  }

  #lookUp(path: string, place: DocNode, module: Module): DocNode | undefined {
    const build = buildAt(place);
    const parts = path
      .replace(
        /\[(?:"([^"]*)"|(\d+))\]/g,
        (_, key: string | undefined, index: string | undefined) => `.${key ?? index}`,
      )
      .split('.');
    const [first = '', second = '', third = '', ...rest] = parts;
    switch (first) {
      case 'path':
        return build.scalar(module.folder);
      case 'terraform':
        return second === 'workspace' ? build.scalar('default') : undefined;
      case 'var':
        return below(this.#variable(second, module), parts.slice(2));
      case 'local': {
        const value = module.values.get(`local.${second}`);
        return value && below(this.resolve(value, module), parts.slice(2));
      }
      case 'module': {
        const child = module.children.get(second);
        const output = child?.values.get(`output.${third}`);
        return child && output && below(this.resolve(output, child), rest);
      }
      case 'data':
        return this.#data(second, third, rest, place, module);
      default: {
        // An index of a resource with a count stands between its name and the attribute.
        const indexed = this.#find(module, `${first}.${second}.${third}`);
        const found = indexed ?? this.#find(module, `${first}.${second}`);
        if (!found) return undefined;
        const path = parts.slice(indexed || /^\d+$/.test(third) ? 3 : 2);
        const [name = ''] = path;
        if (!found.isRead) return this.#written(found, path, module);
        if (name === '' && found.others)
          return build.seq([found, ...found.others].map(({ logicalId }) => build.ref(logicalId)));
        const computed = attributeOf(first, found.logicalId, path.join('.'), build);
        if (computed) return computed;
        return this.#written(found, path, module) ?? generatedNameOf(found.logicalId, name, build);
      }
    }
  }

  #written({ body }: Referred, [name = '', ...rest]: readonly string[], module: Module): DocNode | undefined {
    const written = descendant(body, name);
    return written && below(this.resolve(written, module), rest);
  }

  #variable(name: string, module: Module): DocNode | undefined {
    const given = descendant(module.given, name);
    if (given && module.parent) return this.resolve(given, module.parent);
    const value = module.values.get(`var.${name}`);
    return value && this.resolve(value, module);
  }

  #data(
    type: string,
    name: string,
    rest: readonly string[],
    place: DocNode,
    module: Module,
  ): DocNode | undefined {
    const build = buildAt(place);
    const body = module.values.get(`data.${type}.${name}`);
    const resolved = body && this.resolve(body, module);
    switch (type) {
      case 'aws_region':
        return build.ref('AWS::Region');
      case 'aws_caller_identity':
        return build.ref('AWS::AccountId');
      case 'aws_partition':
        return build.ref('AWS::Partition');
      case 'aws_availability_zones':
        return build.map({ 'Fn::GetAZs': '' });
      case 'aws_iam_policy_document':
        return resolved && policyDocumentOf(resolved);
      case 'archive_file':
        return resolved && archived(resolved);
      case 'aws_s3_bucket':
        return descendant(resolved, 'bucket');
      default:
        return resolved && below(resolved, rest);
    }
  }

  /** https://developer.hashicorp.com/terraform/language/functions */
  #call(items: readonly DocNode[], place: DocNode, module: Module): DocNode {
    const build = buildAt(place);
    const name = textOf(items[0]) ?? '';
    const given = items.slice(1).map(item => this.resolve(item, module));
    const [first, second] = given;
    const isKnown = first?.kind === 'scalar' && first.placeholders === undefined;
    const text = isKnown ? textOf(first) : undefined;
    switch (name) {
      case 'jsonencode':
        return first ? build.map({ 'Fn::ToJsonString': first }) : build.scalar('');
      case 'join':
        return build.map({ 'Fn::Join': build.seq(given) });
      case 'format':
        return formatted(given, place);
      case 'tostring':
      case 'tonumber':
      case 'tobool':
      case 'toset':
      case 'tolist':
      case 'tomap':
      case 'sensitive':
      case 'nonsensitive':
      case 'abspath':
        return first ?? build.scalar(null);
      case 'lower':
      case 'upper':
        if (text !== undefined)
          return build.scalar(name === 'lower' ? text.toLowerCase() : text.toUpperCase());
        break;
      case 'replace':
        if (text !== undefined)
          return build.scalar(text.replaceAll(textOf(second) ?? '', textOf(given[2]) ?? ''));
        break;
      case 'concat':
        return build.seq(given.flatMap(item => (item.kind === 'seq' ? item.items : [])));
      case 'merge': {
        const entries = given.flatMap(item => (item.kind === 'map' ? [...item.entries] : []));
        return { ...build.map({}), entries: new Map(entries) };
      }
      case 'one':
        return (first?.kind === 'seq' ? first.items[0] : first) ?? build.scalar(null);
      default:
    }
    return unresolved(
      `${name}(…)`,
      'Terraform computes it. A plan beside the configuration tells more.',
      place,
    );
  }
}

/** `%s` and `%d` are all that is used in practice. */
function formatted(given: readonly DocNode[], place: DocNode): DocNode {
  const pattern = textOf(given[0]);
  if (pattern === undefined) return unresolved('format(…)', 'Its pattern is computed.', place);
  const build = buildAt(place);
  const parts: DocNode[] = [];
  let next = 1;
  for (const part of pattern.split(/(%[sdv])/)) {
    const value = /^%[sdv]$/.test(part) ? given[next++] : undefined;
    if (value) parts.push(value);
    else if (part !== '') parts.push(build.scalar(part.replaceAll('%%', '%')));
  }
  return joined(parts, place);
}

/** One text where all parts are known, else a join of them. */
function joined(parts: readonly DocNode[], place: DocNode): DocNode {
  const build = buildAt(place);
  const isPlain = (part: DocNode): part is ScalarNode => part.kind === 'scalar';
  if (!parts.every(isPlain))
    return build.map({ 'Fn::Join': build.seq([build.scalar(''), build.seq(parts)]) });
  const placeholders = parts.flatMap(part => part.placeholders ?? []);
  const text = build.scalar(parts.map(part => part.value ?? '').join(''));
  return placeholders.length > 0 ? { ...text, placeholders } : text;
}

function below(node: DocNode | undefined, path: readonly string[]): DocNode | undefined {
  let at = node;
  for (const name of path) at = at?.kind === 'seq' ? at.items[Number(name)] : descendant(at, name);
  return at;
}

/** What an archive is made from stands for the archive. */
function archived(body: DocNode): DocNode | undefined {
  const folder = descendant(body, 'source_dir');
  if (folder) return folder;
  const file = descendant(body, 'source_file');
  const path = textOf(file);
  return file && path !== undefined ? buildAt(file).scalar(join(path, '..')) : undefined;
}
