import type { ShapeConstraints } from '../../../model/modelConstraints.ts';

/** One thing that a value has to satisfy, with AWS's words for it. */
export interface ValueConstraint {
  readonly text: string;
  holds(value: unknown): boolean;
}

/** Of strings, blobs, lists and maps. */
export function lengthConstraints({ min, max }: ShapeConstraints): readonly ValueConstraint[] {
  return bounds(min, max, 'have length', lengthOf);
}

/** Of numbers. */
export function rangeConstraints({ min, max }: ShapeConstraints): readonly ValueConstraint[] {
  return bounds(min, max, 'have value', Number);
}

/** @param pattern for the whole string, in the model's notation */
export function patternConstraint(pattern: string): ValueConstraint {
  const whole = new RegExp(`^(?:${pattern})$`);
  return {
    text: `Member must satisfy regular expression pattern: ${pattern}`,
    holds: value => typeof value !== 'string' || whole.test(value),
  };
}

export function enumConstraint(values: readonly string[]): ValueConstraint {
  const known = new Set<unknown>(values);
  return {
    text: `Member must satisfy enum value set: [${values.join(', ')}]`,
    holds: value => typeof value !== 'string' || known.has(value),
  };
}

/** The value as AWS prints it: strings in quotes, lists and maps as Java writes them, nothing as null. */
export function valueFailure(value: unknown, path: string, text: string): string {
  const shown = value === undefined || value === null ? 'null' : `'${printed(value)}'`;
  return `Value ${shown} at '${path}' failed to satisfy constraint: ${text}`;
}

function bounds(
  min: number | undefined,
  max: number | undefined,
  what: string,
  measure: (value: unknown) => number,
): readonly ValueConstraint[] {
  return [
    ...(min === undefined
      ? []
      : [
          {
            text: `Member must ${what} greater than or equal to ${min}`,
            holds: (value: unknown) => measure(value) >= min,
          },
        ]),
    ...(max === undefined
      ? []
      : [
          {
            text: `Member must ${what} less than or equal to ${max}`,
            holds: (value: unknown) => measure(value) <= max,
          },
        ]),
  ];
}

function lengthOf(value: unknown): number {
  if (typeof value === 'string' || Array.isArray(value) || value instanceof Uint8Array) return value.length;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
}

/** Contents of zip files and values of variables are nobody's business in an error. */
function printed(value: unknown): string {
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  if (Array.isArray(value)) return `[${value.map(printed).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.keys(value)
      .map(name => `${name}=***`)
      .join(', ')}}`;
  return String(value);
}
