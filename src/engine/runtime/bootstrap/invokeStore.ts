import type { Invocation } from './client.ts';

const invocationKeys = {
  requestId: Symbol.for('_AWS_LAMBDA_REQUEST_ID'),
  xRayTraceId: Symbol.for('_AWS_LAMBDA_X_RAY_TRACE_ID'),
  tenantId: Symbol.for('_AWS_LAMBDA_TENANT_ID'),
  traceparent: Symbol.for('_AWS_LAMBDA_TRACEPARENT'),
  tracestate: Symbol.for('_AWS_LAMBDA_TRACESTATE'),
  baggage: Symbol.for('_AWS_LAMBDA_BAGGAGE'),
};

type Context = Record<PropertyKey, unknown>;

/**
 * `awslambda.InvokeStore`: what belongs to the invocation that runs. The AWS SDK reads the trace from it, and
 * handlers may keep values of their own in it.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html
 */
export class InvokeStore {
  #context: Context | undefined;

  /** The handler runs within the context of its invocation. */
  runInvocation<T>({ requestId, traceHeader, tenantId }: Invocation, handle: () => T): T {
    const { requestId: id, xRayTraceId, tenantId: tenant } = invocationKeys;
    return this.run({ [id]: requestId, [xRayTraceId]: traceHeader, [tenant]: tenantId }, handle);
  }

  run<T>(context: Context, act: () => T): T {
    this.#context = context;
    return act();
  }

  getContext(): Context | undefined {
    return this.#context;
  }

  hasContext(): boolean {
    return this.#context !== undefined;
  }

  get(key: PropertyKey): unknown {
    return this.#context?.[key];
  }

  set(key: PropertyKey, value: unknown): void {
    if (Object.values<PropertyKey>(invocationKeys).includes(key)) {
      throw new Error(`Cannot modify protected Lambda context field: ${String(key)}`);
    }
    this.#context ??= {};
    this.#context[key] = value;
  }

  getRequestId(): unknown {
    return this.get(invocationKeys.requestId) ?? '-';
  }

  getXRayTraceId(): unknown {
    return this.get(invocationKeys.xRayTraceId);
  }

  getTenantId(): unknown {
    return this.get(invocationKeys.tenantId);
  }

  getTraceparent(): unknown {
    return this.get(invocationKeys.traceparent);
  }

  getTracestate(): unknown {
    return this.get(invocationKeys.tracestate);
  }

  getBaggage(): unknown {
    return this.get(invocationKeys.baggage);
  }
}
