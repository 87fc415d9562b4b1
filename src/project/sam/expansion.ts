import type { TemplateScope } from '../cloudformation/templateScope.ts';
import { buildAt, type NodeBuilder, type Place } from '../document/build.ts';
import {
  type DocNode,
  descendant,
  type MapEntry,
  type MapNode,
  rangeOf,
  type ScalarNode,
} from '../document/sourceDocument.ts';
import { booleanOf, text, texts } from '../intrinsics/value.ts';
import type { ApiRoute } from './api/apiRoute.ts';

/** The resources that a SAM template becomes, while it is being written out. */
export class Expansion {
  readonly root: DocNode;
  readonly scope: TemplateScope;
  readonly resources = new Map<string, MapEntry>();
  /** Logical ids of resources that nobody wrote. */
  readonly implicit = new Set<string>();
  /** What SAM's dotted names stand for: `Orders.Alias` for `OrdersAliaslive`. */
  readonly generated = new Map<string, string>();
  /** Routes that events add to APIs, by the API's logical id. */
  readonly routes = new Map<string, ApiRoute[]>();

  /** APIs that exist only for the events that name them. */
  readonly impliedApis: ReadonlySet<string>;

  constructor(root: DocNode, scope: TemplateScope, impliedApis: readonly string[]) {
    this.root = root;
    this.scope = scope;
    this.impliedApis = new Set(impliedApis);
  }

  /** Adds a resource of SAM's own making; `place` is what made it necessary. */
  add(logicalId: string, type: string, properties: MapNode, place: Place): void {
    const build = buildAt(place);
    const key = build.scalar(logicalId);
    this.resources.set(logicalId, { key, value: build.map({ Type: type, Properties: properties }) });
    this.implicit.add(logicalId);
  }

  /** Replaces a SAM resource by one of CloudFormation's, with its other attributes as they are. */
  replace(logicalId: string, entry: MapEntry, type: string, properties: MapNode): void {
    const build = buildAt(entry.key);
    const attributes = entry.value.kind === 'map' ? entry.value.entries : new Map<string, MapEntry>();
    const written = build.map({ Type: type, Properties: properties });
    this.resources.set(logicalId, {
      key: entry.key,
      value: {
        ...entry.value,
        kind: 'map',
        entries: new Map([...attributes, ...written.entries]),
      } as MapNode,
    });
  }

  /** Changes a resource that is written in the template, such as the bucket of an S3 event. */
  amend(logicalId: string, change: (properties: MapNode) => MapNode): void {
    const entry = this.resources.get(logicalId);
    if (entry?.value.kind !== 'map') return;
    const properties = descendant(entry.value, 'Properties');
    const amended = change(properties?.kind === 'map' ? properties : buildAt(entry.key).map({}));
    const key = entry.value.entries.get('Properties')?.key ?? buildAt(entry.key).scalar('Properties');
    const entries = new Map([...entry.value.entries, ['Properties', { key, value: amended }] as const]);
    this.resources.set(logicalId, { key: entry.key, value: { ...entry.value, entries } });
  }

  build(place: Place): NodeBuilder {
    return buildAt(place);
  }

  /**
   * The node with `Fn::If` at its top decided, for places where the structure has to be known; undefined for
   * `AWS::NoValue` and for what is not there. A condition that is not known counts as met.
   */
  shape(node: DocNode | undefined): DocNode | undefined {
    if (node?.kind !== 'map' || node.entries.size !== 1) return node;
    if (textNode(descendant(node, 'Ref')) === 'AWS::NoValue') return undefined;
    const choice = descendant(node, 'Fn::If');
    if (choice?.kind !== 'seq') return node;
    const [condition, whenTrue, whenFalse] = choice.items;
    const name = textNode(condition);
    if (name === undefined) return node;
    return this.shape(this.scope.condition(name, choice) === false ? whenFalse : whenTrue);
  }

  /** The entries of a map with `Fn::If` decided in the map and in each of its values. */
  shapes(node: DocNode | undefined): readonly [string, MapEntry][] {
    const map = this.shape(node);
    if (map?.kind !== 'map') return [];
    const found: [string, MapEntry][] = [];
    for (const [name, { key, value }] of map.entries) {
      const shaped = this.shape(value);
      if (shaped) found.push([name, { key, value: shaped }]);
    }
    return found;
  }

  /** The items of a list, or the one value in its place, with `Fn::If` decided. */
  items(node: DocNode | undefined): readonly DocNode[] {
    const list = this.shape(node);
    if (!list) return [];
    const all = list.kind === 'seq' ? list.items : [list];
    return all.map(item => this.shape(item)).filter(item => item !== undefined);
  }

  text(node: DocNode | undefined): string | undefined {
    return text(this.scope.evaluate(node));
  }

  texts(node: DocNode | undefined): readonly string[] {
    return texts(this.scope.evaluate(node));
  }

  flag(node: DocNode | undefined): boolean | undefined {
    return booleanOf(this.scope.evaluate(node));
  }

  /** The resource of this template that a `Ref`, a `Fn::GetAtt` or a plain logical id names. */
  resourceOf(node: DocNode | undefined): string | undefined {
    if (!node) return undefined;
    const attribute = descendant(node, 'Fn::GetAtt');
    const [first] = attribute?.kind === 'seq' ? attribute.items : [];
    const name =
      textNode(node) ??
      textNode(descendant(node, 'Ref')) ??
      textNode(first) ??
      textNode(attribute)?.split('.')[0];
    return name !== undefined && this.scope.resources.has(name) ? name : undefined;
  }

  error(message: string, place: DocNode): void {
    this.scope.problems.error(message, rangeOf(place));
  }

  warning(message: string, place: DocNode): void {
    this.scope.problems.warning(message, rangeOf(place));
  }

  info(message: string, place: DocNode): void {
    this.scope.problems.info(message, rangeOf(place));
  }
}

function textNode(node: DocNode | undefined): string | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'string'
    ? ((node satisfies ScalarNode).value as string)
    : undefined;
}
