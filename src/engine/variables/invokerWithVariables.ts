import type { Invoker } from '../invoke/invocation.ts';
import { serviceException } from '../invoke/serviceErrors.ts';
import type { LocalVariables } from './localVariables.ts';

/**
 * The same invoker, which sees the files of variables as they are at the moment of each invocation.
 *
 * @param apply gives the functions their variables anew
 */
export function withVariables(
  invoker: Invoker,
  variables: Pick<LocalVariables, 'refresh' | 'fault'>,
  apply: () => void,
): Invoker {
  return {
    check: (...given) => invoker.check(...given),
    async invoke(request) {
      if (variables.refresh()) apply();
      const { fault } = variables;
      return fault === undefined
        ? invoker.invoke(request)
        : { kind: 'rejected', error: serviceException(fault) };
    },
  };
}
