import { validation } from '../serviceErrors.ts';
import { lambdaValidators } from '../validation/lambdaValidators.ts';
import type { OperationHandler } from './operation.ts';

/** Handlers, by the names of their operations, to which nothing gets that breaks a constraint of Lambda's model. */
export function validated(
  handlers: Readonly<Record<string, OperationHandler>>,
): Readonly<Record<string, OperationHandler>> {
  const validators = lambdaValidators();
  return Object.fromEntries(
    Object.entries(handlers).map(([name, handle]) => {
      const checked: OperationHandler = async (input, context) => {
        const failures = validators(name)(input);
        return failures.length > 0 ? { kind: 'failed', error: validation(failures) } : handle(input, context);
      };
      return [name, checked];
    }),
  );
}
