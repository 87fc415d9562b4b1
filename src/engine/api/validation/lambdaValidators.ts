import constraints from '../../../model/generated/lambdaConstraints.json' with { type: 'json' };
import { createValidators, type InputValidator } from './compile.ts';

/**
 * The validators of Lambda's operations. AWS adds `or be a valid ARN` to what it says of runtimes and calls that an
 * InvalidParameterValueException, so that their enum is not checked here.
 */
export function lambdaValidators(): (operation: string) => InputValidator {
  return createValidators(constraints, new Set(['Runtime']));
}

/** Every runtime that AWS knows by name. */
export const knownRuntimes: readonly string[] = constraints.shapes.Runtime.enum;
