import type { FunctionDefinition } from '../../model/functionDefinition.ts';
import type { Placeholder } from '../../model/placeholder.ts';
import type { Trigger } from '../../model/trigger.ts';

/** What is not known about a function, each value once: placeholders that stand in what it consists of. */
export function placeholdersOf(
  definition: FunctionDefinition,
  triggers: readonly Trigger[],
  placeholders: readonly Placeholder[] = [],
): readonly Placeholder[] {
  if (placeholders.length === 0) return [];
  const texts = [...textsIn(definition), ...triggers.map(({ label }) => label)].filter(text =>
    text.includes('<'),
  );
  const distinct = new Map(placeholders.map(placeholder => [placeholder.text, placeholder]));
  return [...distinct.values()].filter(({ text }) => texts.some(each => each.includes(text)));
}

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) {
    for (const child of Object.values(value)) yield* textsIn(child);
  }
}
