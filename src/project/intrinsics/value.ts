import type { Placeholder } from '../../model/placeholder.ts';
import type { Json } from '../../model/resource.ts';
import type { SourceRange } from '../../model/source.ts';
import { type DocNode, rangeOf } from '../document/sourceDocument.ts';

/** A value of a template once its intrinsic functions are evaluated; it remembers where it was written. */
export type Value = ScalarValue | ListValue | MapValue;

interface Placed {
  /** Where a person would change the value. */
  readonly place: DocNode;
}

export interface ScalarValue extends Placed {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** The parts of the text that are not known; such a value is always a string. */
  readonly placeholders?: readonly Placeholder[];
}

export interface ListValue extends Placed {
  readonly kind: 'list';
  readonly items: readonly Value[];
}

export interface MapValue extends Placed {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, MapValueEntry>;
}

export interface MapValueEntry {
  readonly key: DocNode;
  readonly value: Value;
}

export function scalar(
  value: ScalarValue['value'],
  place: DocNode,
  placeholders: readonly Placeholder[] = [],
): ScalarValue {
  return placeholders.length > 0
    ? { kind: 'scalar', value, place, placeholders }
    : { kind: 'scalar', value, place };
}

export function list(items: readonly Value[], place: DocNode): ListValue {
  return { kind: 'list', items, place };
}

export function unresolved(subject: string, reason: string, place: DocNode): ScalarValue {
  const text = `<unresolved ${subject}>`;
  return scalar(text, place, [{ text, reason, range: rangeOf(place) }]);
}

export function placeholdersOf(value: Value | undefined): readonly Placeholder[] {
  return value?.kind === 'scalar' ? (value.placeholders ?? []) : [];
}

/** Everything in the value, at any depth, that is not known. */
export function placeholdersIn(value: Value | undefined): readonly Placeholder[] {
  if (!value) return [];
  if (value.kind === 'scalar') return value.placeholders ?? [];
  if (value.kind === 'list') return value.items.flatMap(placeholdersIn);
  return [...value.entries.values()].flatMap(entry => placeholdersIn(entry.value));
}

/** Whether something in the value, at any depth, is not known. */
export function isUnresolved(value: Value | undefined): boolean {
  if (!value) return false;
  if (value.kind === 'scalar') return value.placeholders !== undefined;
  if (value.kind === 'list') return value.items.some(isUnresolved);
  return [...value.entries.values()].some(entry => isUnresolved(entry.value));
}

export function property(value: Value | undefined, ...path: readonly string[]): Value | undefined {
  let at = value;
  for (const name of path) at = at?.kind === 'map' ? at.entries.get(name)?.value : undefined;
  return at;
}

export function entries(value: Value | undefined): readonly (readonly [string, Value])[] {
  if (value?.kind !== 'map') return [];
  return [...value.entries].map(([name, entry]) => [name, entry.value] as const);
}

export function items(value: Value | undefined): readonly Value[] {
  if (value?.kind === 'list') return value.items;
  return [];
}

/** As CloudFormation passes scalars where a string is expected. */
export function text(value: Value | undefined): string | undefined {
  return value?.kind === 'scalar' && value.value !== null ? String(value.value) : undefined;
}

export function numberOf(value: Value | undefined): number | undefined {
  if (value?.kind !== 'scalar' || value.placeholders) return undefined;
  if (typeof value.value === 'number') return value.value;
  if (typeof value.value !== 'string' || value.value.trim() === '') return undefined;
  const parsed = Number(value.value);
  return Number.isFinite(parsed) ? parsed : undefined;
}

export function booleanOf(value: Value | undefined): boolean | undefined {
  const written = text(value)?.toLowerCase();
  if (written === 'true') return true;
  return written === 'false' ? false : undefined;
}

/** Texts of a list; a single scalar is taken for a list of one, as SAM does in most places. */
export function texts(value: Value | undefined): readonly string[] {
  const all = value?.kind === 'scalar' ? [value] : items(value);
  return all.map(text).filter(found => found !== undefined);
}

/** Plain data, for what is handed on whole: policies, patterns, filters. */
export function toJson(value: Value): Json {
  if (value.kind === 'scalar') return value.value;
  if (value.kind === 'list') return value.items.map(toJson);
  return Object.fromEntries([...value.entries].map(([name, entry]) => [name, toJson(entry.value)]));
}

export function whereIs(value: Value): SourceRange {
  return rangeOf(value.place);
}
