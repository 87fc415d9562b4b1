import type { IncomingMessage } from 'node:http';
import type { EngineAttachment } from '../model/engineAttachment.ts';
import type { InvocationRecord } from '../model/engineEvent.ts';
import type { HttpAddress } from '../model/httpAddress.ts';
import type { SavedFunction } from '../model/savedFunction.ts';
import { systemClock } from '../shared/clock.ts';
import { DisposableStore, toDisposable } from '../shared/disposable.ts';
import { Emitter } from '../shared/emitter.ts';
import { UserError } from '../shared/errors.ts';
import type { Log } from '../shared/log.ts';
import type { EngineConnection } from './connection.ts';
import { followEvents } from './followEvents.ts';
import { createLambdaClient, invokeFunction } from './lambdaInvoke.ts';
import type { SignedHttp } from './signedHttp.ts';
import { createEngineTarget } from './targets/engineTarget.ts';

/** @param lease the open response of `GET /_lens/lease`; its end is the end of the connection. */
export function createConnection(
  attachment: EngineAttachment,
  http: SignedHttp,
  lease: IncomingMessage,
  log: Log,
): EngineConnection {
  const owned = new DisposableStore();
  const closed = owned.add(new Emitter<string>(error => log.error('A listener failed', error)));
  const client = createLambdaClient(attachment);
  let isOver = false;
  let isDisposed = false;

  lease.resume();
  lease.on('error', () => {});
  lease.on('close', () => {
    isOver = true;
    if (!isDisposed) closed.fire('The engine has ended.');
  });
  owned.add(toDisposable(() => lease.destroy()));
  owned.add(toDisposable(() => client.destroy()));

  async function ask<T>(
    method: 'GET' | 'POST',
    path: string,
    query: Readonly<Record<string, string>> = {},
  ): Promise<T> {
    const { status, body } = await http.read(method, { path, query });
    if (status !== 200) throw new UserError(`The engine answered ${path} with ${status}: ${body}`);
    return JSON.parse(body) as T;
  }

  const readJson = <T>(path: string, query?: Readonly<Record<string, string>>) => ask<T>('GET', path, query);

  async function readEvent(path: string, query: Readonly<Record<string, string>>) {
    const { status, body } = await http.read('GET', { path, query });
    return status === 200 ? body : undefined;
  }

  const events: EngineConnection['events'] = (listener, lastEventId, onDidReset, onDidOpen) =>
    owned.add(
      followEvents({
        http,
        clock: systemClock,
        log,
        onEvent: listener,
        isOver: () => isOver,
        ...(lastEventId === undefined ? {} : { lastEventId }),
        ...(onDidReset ? { onDidReset } : {}),
        ...(onDidOpen ? { onDidOpen } : {}),
      }),
    );

  const functions = async () =>
    (await readJson<{ functions: readonly string[] }>('/_lens/functions')).functions;

  return {
    attachment,
    onDidClose: closed.event,
    target: createEngineTarget(client, attachment, http, events),
    invoke: request => invokeFunction(client, request, functions),
    functions,
    async httpAddresses() {
      return (await readJson<{ addresses: readonly HttpAddress[] }>('/_lens/http')).addresses;
    },
    async invocations(functionName) {
      const query = { function: functionName };
      return (await readJson<{ invocations: readonly InvocationRecord[] }>('/_lens/invocations', query))
        .invocations;
    },
    event: (functionName, requestId) =>
      readEvent('/_lens/event', { function: functionName, request: requestId }),
    lastEvent: functionName => readEvent('/_lens/last-event', { function: functionName }),
    events,
    async saved(file) {
      return (await ask<{ functions: readonly SavedFunction[] }>('POST', '/_lens/saved', { file })).functions;
    },
    lens: ask,
    async endEnvironment(environment, reason) {
      await http.read('POST', { path: '/_lens/end-environment', query: { environment, reason } });
    },
    async shutDown() {
      await http.read('POST', { path: '/_lens/shutdown' });
    },
    dispose() {
      isDisposed = true;
      owned.dispose();
    },
  };
}
