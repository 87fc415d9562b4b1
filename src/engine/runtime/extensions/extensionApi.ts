import type { RuntimeReply, RuntimeRequest } from '../runtimeOperations.ts';
import type { Extension, ExtensionEventType } from './extension.ts';
import type { Subscription } from './subscription.ts';
import { parseSubscription } from './subscription.ts';

/** What stands behind the API. */
export interface ExtensionApiHandlers {
  readonly identity: ExtensionIdentity;
  /** The external one of that name, else a new one of the runtime's process; undefined when it is too late. */
  admit(name: string): Extension | 'closed' | 'tooMany';
  find(identifier: string): Extension | undefined;
  registered(extension: Extension): void;
  /** Called after its state has changed to Ready. @param isFirst it has come up */
  ready(extension: Extension, isFirst: boolean): void;
  failed(extension: Extension, kind: 'InitError' | 'ExitError', errorType: string): void;
  subscribe(extension: Extension, subscription: Subscription): 'accepted' | 'closed';
}

/** What an extension is told of its function. */
export interface ExtensionIdentity {
  readonly functionName: string;
  readonly functionVersion: string;
  readonly handler: string;
  readonly accountId: string;
}

const root = '/2020-01-01/extension';

/**
 * The Extensions, Telemetry and Logs APIs, on the same address as the Runtime API.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api.html
 * https://docs.aws.amazon.com/lambda/latest/dg/telemetry-api.html
 *
 * @returns false where the request is for none of them
 */
export function serveExtension(
  handlers: ExtensionApiHandlers,
  request: RuntimeRequest,
  reply: RuntimeReply,
): boolean {
  switch (request.route) {
    case `POST ${root}/register`:
      register(handlers, request, reply);
      return true;
    case `GET ${root}/event/next`:
      withExtension(handlers, request, reply, extension => next(handlers, extension, reply));
      return true;
    case `POST ${root}/init/error`:
      withExtension(handlers, request, reply, extension => {
        fail(handlers, extension, 'InitError', request, reply);
      });
      return true;
    case `POST ${root}/exit/error`:
      withExtension(handlers, request, reply, extension => {
        fail(handlers, extension, 'ExitError', request, reply);
      });
      return true;
    case 'PUT /2022-07-01/telemetry':
    case 'PUT /2020-08-15/logs':
      withExtension(handlers, request, reply, extension => subscribe(handlers, extension, request, reply));
      return true;
    default:
      return false;
  }
}

function register(handlers: ExtensionApiHandlers, request: RuntimeRequest, reply: RuntimeReply): void {
  const name = headerOf(request, 'lambda-extension-name') ?? '';
  if (name === '') return refuse(reply, 'Extension.InvalidExtensionName', 'Empty extension name');
  const events = eventsOf(request);
  if (events === undefined) {
    return refuse(reply, 'InvalidRequestFormat', 'The body is no JSON object with a list of events');
  }
  const extension = handlers.admit(name);
  if (extension === 'closed') {
    return refuse(reply, 'Extension.RegistrationClosed', 'Extension registration closed already');
  }
  if (extension === 'tooMany') {
    return refuse(reply, 'Extension.TooManyExtensions', 'Extension limit (10) reached');
  }
  const invalid = events.find(
    event => !(event === 'INVOKE' || (event === 'SHUTDOWN' && extension.isExternal)),
  );
  if (invalid !== undefined) {
    const isShutdown = invalid === 'SHUTDOWN';
    const why = isShutdown ? 'Shutdown event is not supported for internal extensions' : 'Invalid event';
    return refuse(reply, 'Extension.InvalidEventType', `${invalid}: ${why}`);
  }
  if (!extension.register(events as readonly ExtensionEventType[])) {
    return refuseState(reply, extension, 'Registered', extension.name);
  }
  const { accountId, ...identity } = handlers.identity;
  const features = (headerOf(request, 'lambda-extension-accept-feature') ?? '').split(',');
  const wantsAccount = features.some(feature => feature.trim() === 'accountId');
  sendJson(reply, 200, wantsAccount ? { ...identity, accountId } : identity, {
    'Lambda-Extension-Identifier': extension.identifier,
  });
  handlers.registered(extension);
}

function next(handlers: ExtensionApiHandlers, extension: Extension, reply: RuntimeReply): void {
  const isFirst = extension.state === 'Registered';
  if (!extension.step('next')) return refuseState(reply, extension, 'Ready', extension.identifier);
  extension.wait(reply);
  handlers.ready(extension, isFirst);
}

function fail(
  handlers: ExtensionApiHandlers,
  extension: Extension,
  kind: 'InitError' | 'ExitError',
  request: RuntimeRequest,
  reply: RuntimeReply,
): void {
  const header = 'Lambda-Extension-Function-Error-Type';
  const errorType = headerOf(request, header.toLowerCase()) ?? '';
  if (errorType === '') return refuse(reply, 'Extension.MissingHeader', `${header} not found`);
  if (!extension.step(kind === 'InitError' ? 'initError' : 'exitError')) {
    return refuseState(reply, extension, kind, extension.identifier);
  }
  sendJson(reply, 202, { status: 'OK' });
  handlers.failed(extension, kind, errorType);
}

function subscribe(
  handlers: ExtensionApiHandlers,
  extension: Extension,
  request: RuntimeRequest,
  reply: RuntimeReply,
): void {
  const api = request.route.endsWith('/logs') ? 'logs' : 'telemetry';
  const subscription = parseSubscription(Buffer.from(request.body ?? []).toString('utf8'), api);
  if ('problem' in subscription) {
    sendJson(reply, 400, { errorType: 'ValidationError', errorMessage: subscription.problem });
  } else if (handlers.subscribe(extension, subscription) === 'closed') {
    const word = api === 'logs' ? 'Logs' : 'Telemetry';
    refuse(reply, `${word}.SubscriptionClosed`, `${word} API subscription is closed already`);
  } else {
    reply.send(200, { 'Content-Type': 'application/json' }, Buffer.from('"OK"'));
  }
}

function withExtension(
  handlers: ExtensionApiHandlers,
  request: RuntimeRequest,
  reply: RuntimeReply,
  serve: (extension: Extension) => void,
): void {
  const identifier = headerOf(request, 'lambda-extension-identifier') ?? '';
  if (identifier === '') {
    refuse(reply, 'Extension.MissingExtensionIdentifier', 'Missing Lambda-Extension-Identifier header');
    return;
  }
  const extension = handlers.find(identifier);
  if (extension) serve(extension);
  else refuse(reply, 'Extension.UnknownExtensionIdentifier', `Unknown extension ${identifier}`);
}

/** Undefined where the body is not in that form; an empty one subscribes to nothing. */
function eventsOf({ body }: RuntimeRequest): readonly string[] | undefined {
  try {
    const given: unknown = JSON.parse(Buffer.from(body ?? []).toString('utf8') || '{}');
    if (typeof given !== 'object' || given === null) return undefined;
    const { events = [] } = given as { events?: unknown };
    return Array.isArray(events) && events.every(event => typeof event === 'string') ? events : undefined;
  } catch {
    return undefined;
  }
}

function headerOf(request: RuntimeRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}

function refuseState(reply: RuntimeReply, { state }: Extension, to: string, who: string): void {
  refuse(
    reply,
    'Extension.InvalidExtensionState',
    `State transition from ${state} to ${to} failed for extension ${who}. Error: State transition is not allowed`,
  );
}

function refuse(reply: RuntimeReply, errorType: string, errorMessage: string): void {
  sendJson(reply, 403, { errorMessage, errorType });
}

function sendJson(
  reply: RuntimeReply,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  reply.send(status, { 'Content-Type': 'application/json', ...headers }, Buffer.from(JSON.stringify(body)));
}
