import type { ModelConstraints, ShapeConstraints } from '../../../model/modelConstraints.ts';
import {
  enumConstraint,
  lengthConstraints,
  patternConstraint,
  rangeConstraints,
  type ValueConstraint,
  valueFailure,
} from './constraints.ts';

/** Says what is wrong with the members of an input, in the words of a ValidationException; nothing: all is well. */
export type InputValidator = (input: Readonly<Record<string, unknown>>) => readonly string[];

/**
 * The validators of operations, each compiled when it is first asked for.
 *
 * @param exempt shapes whose enum is somebody else's to check, because AWS has another text for them
 */
export function createValidators(
  model: ModelConstraints,
  exempt: ReadonlySet<string> = new Set(),
): (operation: string) => InputValidator {
  const checks = new Map<string, Check>();
  const validators = new Map<string, InputValidator>();

  const checkOf = (name: string): Check => {
    const known = checks.get(name);
    if (known) return known;
    // Shapes that contain themselves are looked up when a value gets there.
    checks.set(name, (value, path, failures) => checkOf(name)(value, path, failures));
    const check = compileShape(model.shapes[name] ?? {}, checkOf, !exempt.has(name));
    checks.set(name, check);
    return check;
  };

  return operation => {
    const known = validators.get(operation);
    if (known) return known;
    const shape = model.operations[operation];
    const check = shape === undefined ? undefined : checkOf(shape);
    const validator: InputValidator = input => {
      const failures: string[] = [];
      check?.(input, '', failures);
      return failures;
    };
    validators.set(operation, validator);
    return validator;
  };
}

type Check = (value: unknown, path: string, failures: string[]) => void;

function compileShape(shape: ShapeConstraints, checkOf: (name: string) => Check, withEnum: boolean): Check {
  const own: ValueConstraint[] = [
    ...lengthConstraints(shape),
    ...(shape.pattern === undefined ? [] : [patternConstraint(shape.pattern)]),
    ...(shape.enum && withEnum ? [enumConstraint(shape.enum)] : []),
  ];
  const range = rangeConstraints(shape);
  const members = Object.entries(shape.members ?? {}).map(
    ([name, target]) => [name, checkOf(target)] as const,
  );
  const { required = [] } = shape;
  const element = shape.member === undefined ? undefined : checkOf(shape.member);
  const key = shape.key === undefined ? undefined : checkOf(shape.key);
  const mapValue = shape.value === undefined ? undefined : checkOf(shape.value);

  return (value, path, failures) => {
    for (const constraint of typeof value === 'number' ? range : own) {
      if (!constraint.holds(value)) failures.push(valueFailure(value, path, constraint.text));
    }
    if (Array.isArray(value)) {
      if (element) checkParts(value, value, path, element, 'Member', failures);
      return;
    }
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return;
    const structure = value as Readonly<Record<string, unknown>>;
    if (key) checkParts(Object.keys(structure), value, path, key, 'Map keys', failures);
    if (mapValue) checkParts(Object.values(structure), value, path, mapValue, 'Map value', failures);
    for (const name of required) {
      if (isAbsent(structure[name]))
        failures.push(valueFailure(undefined, memberPath(path, name), 'Member must not be null'));
    }
    for (const [name, check] of members) {
      const member = structure[name];
      if (!isAbsent(member)) check(member, memberPath(path, name), failures);
    }
  };
}

/**
 * Of elements, keys and values AWS tells the whole and what each must satisfy; structures within are told of by
 * their own members.
 */
function checkParts(
  parts: readonly unknown[],
  whole: unknown,
  path: string,
  check: Check,
  what: 'Member' | 'Map keys' | 'Map value',
  failures: string[],
): void {
  const scalars = new Set<string>();
  parts.forEach((part, index) => {
    if (typeof part === 'object' && part !== null) {
      check(part, `${path}.${index + 1}.member`, failures);
      return;
    }
    const own: string[] = [];
    check(part, path, own);
    for (const text of own) scalars.add(text.slice(text.indexOf(constraintMark) + constraintMark.length));
  });
  if (scalars.size > 0) {
    failures.push(valueFailure(whole, path, `${what} must satisfy constraint: [${[...scalars].join(', ')}]`));
  }
}

const constraintMark = 'failed to satisfy constraint: ';

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

/** Members are told in camel case: `vpcConfig.subnetIds`. */
function memberPath(path: string, name: string): string {
  const member = name.charAt(0).toLowerCase() + name.slice(1);
  return path === '' ? member : `${path}.${member}`;
}
