import type { Log } from '../../shared/log.ts';
import type { Invoker } from '../invoke/invocation.ts';

/**
 * A route to an alias or a version that the engine does not have runs the code as it is, so that the API answers;
 * that is said once for each.
 */
export function withoutUnknownQualifiers(invoker: Invoker, log: Log): Pick<Invoker, 'invoke'> {
  const told = new Set<string>();
  return {
    invoke(request) {
      const { functionName, qualifier, ...rest } = request;
      if (qualifier === undefined || !invoker.check(functionName, qualifier) || invoker.check(functionName)) {
        return invoker.invoke(request);
      }
      const name = `${functionName}:${qualifier}`;
      if (!told.has(name)) {
        told.add(name);
        log.warn(`${name} does not exist here yet: its API or function URL runs $LATEST of ${functionName}.`);
      }
      return invoker.invoke({ ...rest, functionName });
    },
  };
}
