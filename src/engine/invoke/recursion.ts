import type { Invoker, ServiceError } from './invocation.ts';
import { runsInChain } from './traceHeader.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html */
const maxRuns = 16;

/**
 * Stops a function that calls itself, be it through others, after some sixteen times. The chain of calls is known by the
 * trace header, which SDKs pass on.
 *
 * Not known: the words of the refusal, which no page and no recording has.
 *
 * @param mayLoop whether a function has said that it wants to
 */
export function stopRecursion(invoker: Invoker, mayLoop: (functionName: string) => boolean): Invoker {
  return {
    check: (...given) => invoker.check(...given),
    async invoke(request) {
      const { functionName, traceHeader } = request;
      return runsInChain(traceHeader, functionName) < maxRuns || mayLoop(functionName)
        ? invoker.invoke(request)
        : { kind: 'rejected', error: recursiveInvocation(functionName) };
    },
  };
}

export const recursiveInvocationName = 'RecursiveInvocationException';

function recursiveInvocation(functionName: string): ServiceError {
  return {
    name: recursiveInvocationName,
    status: 400,
    body: {
      Type: 'User',
      Message: `Lambda has detected that ${functionName} was invoked in a recursive loop and has stopped the invocation.`,
    },
  };
}
