import type { RuntimeReply, RuntimeRequest } from '../runtimeApi.ts';
import type { Extension, ExtensionEventType } from './extension.ts';
import { maxExtensions } from './extensionFiles.ts';
import { parseSubscription, type Subscription } from './subscription.ts';

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
  const serve = operations[request.route];
  if (serve === undefined) return false;
  const answer = serve(handlers, request, reply);
  if (answer === 'waiting') return true;
  const headers = { 'Content-Type': 'application/json', ...answer.headers };
  reply.send(answer.status, headers, Buffer.from(JSON.stringify(answer.body)));
  answer.after?.();
  return true;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** What is done when it was sent. */
  readonly after?: () => void;
}

type Operation = (
  handlers: ExtensionApiHandlers,
  request: RuntimeRequest,
  reply: RuntimeReply,
) => Answer | 'waiting';

const operations: Readonly<Record<string, Operation>> = {
  [`POST ${root}/register`]: register,
  [`GET ${root}/event/next`]: withExtension(next),
  [`POST ${root}/init/error`]: withExtension((...given) => fail('InitError', ...given)),
  [`POST ${root}/exit/error`]: withExtension((...given) => fail('ExitError', ...given)),
  'PUT /2022-07-01/telemetry': withExtension((...given) => subscribe('telemetry', ...given)),
  'PUT /2020-08-15/logs': withExtension((...given) => subscribe('logs', ...given)),
};

function register(handlers: ExtensionApiHandlers, request: RuntimeRequest): Answer {
  const name = headerOf(request, 'lambda-extension-name') ?? '';
  if (name === '') return refusal('Extension.InvalidExtensionName', 'Empty extension name');
  const events = eventsOf(request);
  if (events === undefined) {
    return refusal('InvalidRequestFormat', 'The body is no JSON object with a list of events');
  }
  const extension = handlers.admit(name);
  if (extension === 'closed') {
    return refusal('Extension.RegistrationClosed', 'Extension registration closed already');
  }
  if (extension === 'tooMany') {
    return refusal('Extension.TooManyExtensions', `Extension limit (${maxExtensions}) reached`);
  }
  const invalid = events.find(
    event => !(event === 'INVOKE' || (event === 'SHUTDOWN' && extension.isExternal)),
  );
  if (invalid !== undefined) {
    const why =
      invalid === 'SHUTDOWN' ? 'Shutdown event is not supported for internal extensions' : 'Invalid event';
    return refusal('Extension.InvalidEventType', `${invalid}: ${why}`);
  }
  if (!extension.register(events as readonly ExtensionEventType[])) {
    return wrongState(extension, 'Registered', extension.name);
  }
  const { accountId, ...identity } = handlers.identity;
  const features = (headerOf(request, 'lambda-extension-accept-feature') ?? '').split(',');
  const wantsAccount = features.some(feature => feature.trim() === 'accountId');
  return {
    status: 200,
    body: wantsAccount ? { ...identity, accountId } : identity,
    headers: { 'Lambda-Extension-Identifier': extension.identifier },
    after: () => handlers.registered(extension),
  };
}

type OfExtension = (
  handlers: ExtensionApiHandlers,
  extension: Extension,
  request: RuntimeRequest,
  reply: RuntimeReply,
) => Answer | 'waiting';

function next(...[handlers, extension, , reply]: Parameters<OfExtension>): Answer | 'waiting' {
  const isFirst = extension.state === 'Registered';
  if (!extension.step('next')) return wrongState(extension, 'Ready', extension.identifier);
  extension.wait(reply);
  handlers.ready(extension, isFirst);
  return 'waiting';
}

function fail(
  kind: 'InitError' | 'ExitError',
  ...[handlers, extension, request]: Parameters<OfExtension>
): Answer {
  const header = 'Lambda-Extension-Function-Error-Type';
  const errorType = headerOf(request, header.toLowerCase()) ?? '';
  if (errorType === '') return refusal('Extension.MissingHeader', `${header} not found`);
  return extension.step(kind === 'InitError' ? 'initError' : 'exitError')
    ? { status: 202, body: { status: 'OK' }, after: () => handlers.failed(extension, kind, errorType) }
    : wrongState(extension, kind, extension.identifier);
}

function subscribe(
  api: Subscription['api'],
  ...[handlers, extension, request]: Parameters<OfExtension>
): Answer {
  const subscription = parseSubscription(Buffer.from(request.body ?? []).toString('utf8'), api);
  if ('problem' in subscription) {
    return { status: 400, body: { errorType: 'ValidationError', errorMessage: subscription.problem } };
  }
  const word = api === 'logs' ? 'Logs' : 'Telemetry';
  return handlers.subscribe(extension, subscription) === 'closed'
    ? refusal(`${word}.SubscriptionClosed`, `${word} API subscription is closed already`)
    : { status: 200, body: 'OK' };
}

function withExtension(serve: OfExtension): Operation {
  return (handlers, request, reply) => {
    const identifier = headerOf(request, 'lambda-extension-identifier') ?? '';
    if (identifier === '') {
      return refusal('Extension.MissingExtensionIdentifier', 'Missing Lambda-Extension-Identifier header');
    }
    const extension = handlers.find(identifier);
    return extension
      ? serve(handlers, extension, request, reply)
      : refusal('Extension.UnknownExtensionIdentifier', `Unknown extension ${identifier}`);
  };
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

function wrongState({ state }: Extension, to: string, who: string): Answer {
  return refusal(
    'Extension.InvalidExtensionState',
    `State transition from ${state} to ${to} failed for extension ${who}. Error: State transition is not allowed`,
  );
}

function refusal(errorType: string, errorMessage: string): Answer {
  return { status: 403, body: { errorMessage, errorType } };
}
