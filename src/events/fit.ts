import type { Json } from '../model/resource.ts';
import type { TriggerKind } from '../model/trigger.ts';
import { type KindDefinition, recogniseKind } from './kinds.ts';

/**
 * The kind of an event that nothing sends to a function with these triggers. Undefined where it fits, where it is
 * of no kind that is known, and where the function has no triggers, or has some of a kind that is not known.
 */
export function misfitOf(event: Json, triggers: readonly TriggerKind[]): KindDefinition | undefined {
  const kind = recogniseKind(event);
  if (!kind || triggers.length === 0 || triggers.includes('other')) return undefined;
  return kind.triggers.some(trigger => triggers.includes(trigger)) ? undefined : kind;
}
