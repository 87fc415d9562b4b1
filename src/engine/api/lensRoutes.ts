import type { InvocationRecord } from '../../model/engineEvent.ts';
import type { HttpAddress } from '../../model/httpAddress.ts';
import type { Disposable } from '../../shared/disposable.ts';
import type { EventLog } from '../events/eventLog.ts';
import { streamEvents } from '../events/eventStream.ts';
import { invalidParameterValue } from '../invoke/serviceErrors.ts';
import { type HttpReply, type HttpRequest, jsonReply, queryValue, type StreamingReply } from './http.ts';
import { type ResourceRouteParts, resourceRoutes } from './resourceRoutes.ts';
import { errorReply, frontError, resourceNotFound } from './serviceErrors.ts';
import { type VersionRouteParts, versionRoutes } from './versionRoutes.ts';
import { type WaitRouteParts, waitRoutes } from './waitRoutes.ts';

export interface LensParts extends WaitRouteParts {
  readonly resources: ResourceRouteParts;
  readonly events: Pick<EventLog, 'onDidEmit' | 'lastId' | 'since'>;
  readonly history: {
    list(functionName: string): readonly InvocationRecord[];
    payload(functionName: string, requestId: string): Uint8Array | undefined;
    lastPayload(functionName: string): Uint8Array | undefined;
  };
  /** The names that can be invoked. */
  readonly functions: () => readonly string[];
  readonly versions: VersionRouteParts;
  /** The APIs and function URLs. */
  readonly http: { readonly endpoint: string; readonly addresses: () => readonly HttpAddress[] };
  /** See FunctionRuntime. */
  readonly endEnvironment: (environmentId: string, reason: string) => boolean;
  /** Undefined when the engine is already ending. */
  readonly acquireLease: () => Disposable | undefined;
  /** Returns at once; the engine drains and ends. */
  readonly shutDown: () => void;
}

export interface LensRoutes {
  handle(request: HttpRequest): HttpReply | StreamingReply | Promise<HttpReply>;
}

/** What a view or a command line asks of the engine and AWS has no API for: `/_lens/...`. */
export function createLensRoutes(parts: LensParts): LensRoutes {
  const routes: Readonly<
    Record<string, (request: HttpRequest) => HttpReply | StreamingReply | Promise<HttpReply>>
  > = {
    ...versionRoutes(parts.versions),
    ...waitRoutes(parts),
    ...resourceRoutes(parts.resources),
    'GET /_lens/events': request => {
      const text = request.headers['last-event-id'];
      const lastEventId = text === undefined ? undefined : Number(text);
      if (lastEventId !== undefined && !Number.isSafeInteger(lastEventId)) {
        return errorReply(
          invalidParameterValue(`Last-Event-ID must be an id of this stream, not '${text}'.`),
        );
      }
      return { stream: response => streamEvents(response, parts.events, lastEventId) };
    },
    'GET /_lens/lease': () => {
      const lease = parts.acquireLease();
      if (!lease) {
        return errorReply(frontError('ServiceUnavailableException', 503, 'The engine is shutting down.'));
      }
      return {
        stream: response => {
          response.on('close', () => lease.dispose());
          response.writeHead(200, { 'content-type': 'text/plain', 'cache-control': 'no-store' });
          response.write('The engine runs at least as long as this connection is open.\n');
        },
      };
    },
    'POST /_lens/shutdown': () => {
      parts.shutDown();
      return jsonReply(202, {});
    },
    'POST /_lens/end-environment': request => {
      const id = queryValue(request, 'environment') ?? '';
      const reason = queryValue(request, 'reason') ?? 'The execution environment was ended.';
      return parts.endEnvironment(id, reason)
        ? jsonReply(202, {})
        : errorReply(resourceNotFound(`There is no execution environment ${id}.`));
    },
    'GET /_lens/functions': () => jsonReply(200, { functions: parts.functions() }),
    'GET /_lens/http': () =>
      jsonReply(200, { endpoint: parts.http.endpoint, addresses: parts.http.addresses() }),
    'GET /_lens/invocations': request =>
      withFunction(request, name => jsonReply(200, { invocations: parts.history.list(name) })),
    'GET /_lens/last-event': request =>
      withFunction(request, name =>
        eventReply(parts.history.lastPayload(name), `No invocation of ${name} is remembered.`),
      ),
    'GET /_lens/event': request =>
      withFunction(request, name => {
        const requestId = queryValue(request, 'request') ?? '';
        const payload = parts.history.payload(name, requestId);
        return eventReply(payload, `The event of the invocation ${requestId} of ${name} is not remembered.`);
      }),
  };
  return {
    handle(request) {
      const route = routes[`${request.method} ${request.path}`];
      return route
        ? route(request)
        : errorReply(
            frontError('UnknownOperationException', 404, `There is no ${request.method} ${request.path}.`),
          );
    },
  };
}

function eventReply(payload: Uint8Array | undefined, otherwise: string): HttpReply {
  return payload
    ? { status: 200, headers: { 'content-type': 'application/json' }, body: payload }
    : errorReply(resourceNotFound(otherwise));
}

function withFunction(request: HttpRequest, answer: (functionName: string) => HttpReply): HttpReply {
  const name = queryValue(request, 'function');
  return name ? answer(name) : errorReply(invalidParameterValue('The parameter "function" is missing.'));
}
