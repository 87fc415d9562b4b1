import { ts } from 'ts-morph';
import type { Fix } from '../../model/finding.ts';

/** Removes a property of an object that is written out, by its value. */
export function removeProperty(value: ts.Node, title: string): Fix | undefined {
  const property = value.parent;
  if (!property || !ts.isPropertyAssignment(property) || property.initializer !== value) return undefined;
  const object = property.parent;
  const { properties } = object;
  const index = properties.indexOf(property);
  const next = properties[index + 1];
  const previous = properties[index - 1];
  const edit = (start: number, end: number): Fix => ({
    title,
    isSafe: false,
    edits: [{ start, end, newText: '' }],
  });
  if (next) return edit(property.getStart(), next.getStart());
  if (previous) return edit(previous.end, properties.hasTrailingComma ? properties.end : property.end);
  return edit(object.getStart() + 1, object.end - 1);
}
