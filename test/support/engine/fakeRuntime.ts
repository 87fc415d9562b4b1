import { spawn } from 'node:child_process';
import type {
  FunctionRuntime,
  FunctionRuntimeOptions,
  InvokeOutcome,
  InvokeRequest,
} from '../../../src/engine/invoke/invocation.ts';
import type { Ports } from '../../../src/engine/ports.ts';

/**
 * A function runtime without functions: what an invocation does is told by the function's name. It lets the
 * engine's front, store and ownership be tested without builds and handlers.
 */
export function createFakeRuntime(ports: Ports, options: FunctionRuntimeOptions): FunctionRuntime {
  let names: readonly string[] = [];
  const running = new Map<string, string>();
  const environmentId = ports.ids.hex(8);

  const behaviours: Readonly<Record<string, (request: InvokeRequest) => Promise<unknown>>> = {
    echo: async request => JSON.parse(text(request.payload)),
    context: async ({ payload: _payload, ...context }) => context,
    slow: request =>
      new Promise(resolve => {
        ports.clock.after(Number(JSON.parse(text(request.payload)).ms), () => resolve('late'));
      }),
    /** The credentials of an execution environment, for tests that sign as one. */
    credentials: async () => ({
      endpoint: options.endpoint,
      environmentId,
      ...ports.credentials.issue({
        kind: 'environment',
        environmentId,
        functionName: 'credentials',
        roleArn: 'arn:aws:iam::000000000000:role/test',
      }),
    }),
    /** Starts a process group of two processes, stops them, and tells their pids. */
    spawns: async () => {
      const child = spawn('/bin/sh', ['-c', 'sleep 1000 & echo $!; wait'], {
        detached: true,
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      const leader = child.pid ?? 0;
      ports.processes.add(leader);
      const member = await new Promise<number>(resolve =>
        child.stdout.once('data', (chunk: Buffer) => resolve(Number(chunk.toString()))),
      );
      process.kill(-leader, 'SIGSTOP');
      return { pids: [leader, member] };
    },
  };

  return {
    update(definitions) {
      names = definitions.map(definition => definition.name);
    },
    names: () => names,
    workspaceCode: async () => undefined,
    builtFrom: () => [],
    retire: () => {},
    provision: async () => {},
    endProvision: () => {},
    provisioned: () => ({ available: 0, failed: 0 }),
    currentRequest: environment => running.get(environment),
    check: name => (names.includes(name) ? undefined : notFound(name, undefined, options)),
    async invoke(request): Promise<InvokeOutcome> {
      const { functionName, qualifier, requestId } = request;
      if (!names.includes(functionName)) {
        return { kind: 'rejected', error: notFound(functionName, qualifier, options) };
      }
      running.set(environmentId, requestId);
      ports.events.emit({
        type: 'invocationStarted',
        requestId,
        functionName,
        qualifier: qualifier ?? '$LATEST',
      });
      const result =
        functionName === 'fails'
          ? { errorType: 'Error', errorMessage: 'as asked' }
          : await (behaviours[functionName] ?? (async () => null))(request);
      ports.events.emit({
        type: 'invocationEnded',
        requestId,
        functionName,
        qualifier: qualifier ?? '$LATEST',
        executedVersion: '$LATEST',
        environmentId,
        startedAt: ports.clock.now(),
        durationMs: 1,
        maxMemoryUsedMb: 30,
        status: functionName === 'fails' ? 'error' : 'success',
      });
      return {
        kind: 'completed',
        payload: Buffer.from(JSON.stringify(result)),
        executedVersion: '$LATEST',
        log: `START RequestId: ${requestId} Version: $LATEST\nEND RequestId: ${requestId}\n`,
        environmentId,
        coldStart: false,
        durationMs: 1,
        ...(functionName === 'fails' ? { functionError: 'Unhandled' as const } : {}),
      };
    },
    end: () => false,
    async stop() {},
  };
}

function text(payload: Uint8Array): string {
  return Buffer.from(payload).toString('utf8');
}

function notFound(name: string, qualifier: string | undefined, options: FunctionRuntimeOptions) {
  const arn = `arn:aws:lambda:${options.region}:${options.accountId}:function:${name}:${qualifier ?? '$LATEST'}`;
  return {
    name: 'ResourceNotFoundException',
    status: 404,
    body: { Type: 'User', Message: `Function not found: ${arn}` },
  };
}
