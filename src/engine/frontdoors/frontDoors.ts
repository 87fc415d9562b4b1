import { readFile } from 'node:fs/promises';
import type { ProjectModel } from '../../model/functionDefinition.ts';
import type { HttpAddress } from '../../model/httpAddress.ts';
import { messageOf } from '../../shared/errors.ts';
import type { Log } from '../../shared/log.ts';
import type { Verifier } from '../auth/verifier.ts';
import type { Invoker } from '../invoke/invocation.ts';
import type { EventSink } from '../ports.ts';
import { type AccessEntry, type AccessLine, accessLines, oneLine } from './accessLog.ts';
import { AuthorizerCache } from './authorizers/authorizerCache.ts';
import type { ClientRequest } from './clientRequest.ts';
import type { Answered, Gateway, GatewayPorts } from './gateway.ts';
import { type GatewayReply, headerOf, type StreamEnd } from './gatewayRequest.ts';
import { createHttpGateway } from './httpGateway.ts';
import { startListener } from './listener.ts';
import { withPrefix } from './prefixed.ts';
import { withoutUnknownQualifiers } from './qualifiers.ts';
import { messageReply } from './responses/functionAnswer.ts';
import { unknownUrl } from './responses/urlReply.ts';
import { createRestGateway } from './restGateway.ts';
import { addressesOf } from './routing/addresses.ts';
import { type ApiDoor, type Door, type DoorResources, doorsOf, refusedTriggers } from './routing/doors.ts';
import { apiWord, type Location, locate } from './routing/locate.ts';
import { stageOf } from './routing/stage.ts';
import { signerOf } from './signer.ts';
import { createUrlGateway } from './urlGateway.ts';

/** The APIs and function URLs of a project, on one port. */
export interface FrontDoors {
  /** For example `http://127.0.0.1:40124`. */
  readonly endpoint: string;
  addresses(): readonly HttpAddress[];
  /** What the workspace defines now. */
  update(project: { readonly resources?: DoorResources | undefined } & Pick<ProjectModel, 'triggers'>): void;
  /** From now on requests are refused. */
  drain(): void;
  /** Settles when no request is under way. */
  whenIdle(): Promise<void>;
  close(): Promise<void>;
}

export interface FrontDoorsOptions {
  /** The one that was asked for; undefined: the one of last time, if it is free. */
  readonly port: number | undefined;
  /** Remembers the port for the next engine of the workspace. */
  readonly lastPort: { load(): number; save(port: number): void };
  /** Absolute path of a JSON Web Key Set; undefined: signatures of tokens are not checked. */
  readonly jwksFile: string | undefined;
}

export interface FrontDoorsPorts extends Omit<GatewayPorts, 'cache' | 'keySet' | 'signerOf' | 'invoker'> {
  readonly invoker: Invoker;
  readonly log: Log;
  readonly events: EventSink;
  readonly verifier: Verifier;
  /** Takes a line for each request. */
  readonly accessLog: (line: string) => void;
}

/** @throws UserError when the port that was asked for cannot be had. */
export async function startFrontDoors(
  options: FrontDoorsOptions,
  ports: FrontDoorsPorts,
): Promise<FrontDoors> {
  const { log, clock, events, home, verifier, accessLog } = ports;
  const cache: GatewayPorts['cache'] = new AuthorizerCache(clock);
  const gatewayPorts: GatewayPorts = {
    ...ports,
    invoker: withoutUnknownQualifiers(ports.invoker, log),
    cache,
    keySet: () => readKeySet(options.jwksFile, log),
    signerOf: (client, service) => signerOf(client, service, { verifier, accountId: home.accountId }),
  };
  let doors: readonly Door[] = [];
  let gateways: ReadonlyMap<Door, Gateway> = new Map();
  let lines: ReadonlyMap<Door, AccessLine> = new Map();
  const toldRefusals = new Set<string>();
  let isDraining = false;
  let underWay = 0;
  let idle: (() => void)[] = [];

  async function handle(client: ClientRequest): Promise<GatewayReply> {
    if (isDraining) return messageReply(503, { message: 'The engine is shutting down.' });
    const location = locate(doors, headerOf(client.headers, 'host'), client.path);
    if (location === 'index') return indexReply(addressesOf(doors, listener.port));
    if (location === 'unknown') return nowhere(client);
    underWay++;
    let goesOn = false;
    try {
      const reply = await enter(client, location);
      goesOn = reply.stream !== undefined;
      reply.stream?.readable.once('close', leave);
      return reply;
    } finally {
      if (!goesOn) leave();
    }
  }

  function leave(): void {
    underWay--;
    if (underWay === 0) for (const settle of idle.splice(0)) settle();
  }

  async function enter(client: ClientRequest, { door, path, prefix }: Location): Promise<GatewayReply> {
    const receivedAt = clock.now();
    const startedAt = clock.monotonic();
    const gateway = gateways.get(door);
    if (!gateway) return nowhere(client);
    const answered = await gateway.handle(client, path);
    const { body, stream } = answered.reply;
    const told = (end: StreamEnd) =>
      tell(client, door, path, { ...answered, ...end }, receivedAt, clock.monotonic() - startedAt);
    if (stream) void stream.ended.then(told);
    else told({ byteLength: typeof body === 'string' ? Buffer.byteLength(body) : body.length });
    return withPrefix(answered.reply, prefix);
  }

  function tell(
    client: ClientRequest,
    door: Door,
    path: string,
    answered: Answered & StreamEnd,
    receivedAt: number,
    durationMs: number,
  ): void {
    const { reply, requestId, resourcePath, caller, problem, functionName, invocationId } = answered;
    const { method, sourceIp, protocol } = client;
    const userAgent = headerOf(client.headers, 'user-agent');
    const extendedRequestId = extendedIdOf(reply);
    const entry: AccessEntry = {
      sourceIp,
      ...(caller === undefined ? {} : { caller }),
      ...(userAgent === undefined ? {} : { userAgent }),
      receivedAt,
      durationMs,
      method,
      path: client.path,
      resourcePath,
      protocol,
      status: reply.status,
      responseLength: answered.byteLength,
      requestId,
      ...(extendedRequestId === undefined ? {} : { extendedRequestId }),
      accountId: home.accountId,
      ...(invocationId === undefined ? {} : { invocationId }),
      ...(problem === undefined ? {} : { problem }),
    };
    const line = lines.get(door) ?? commonLine;
    accessLog(line(door.kind === 'functionUrl' ? entry : withApi(entry, door, path)));
    if (problem !== undefined) {
      log.warn(oneLine(`${method} ${client.path} was answered with ${reply.status}: ${problem}.`));
    }
    events.emit({
      type: 'httpRequest',
      kind: door.kind,
      name: door.kind === 'functionUrl' ? door.url.functionName : door.api.name,
      method,
      path: client.path,
      resourcePath,
      statusCode: reply.status,
      durationMs,
      ...(functionName === undefined ? {} : { functionName }),
      ...(invocationId === undefined ? {} : { requestId: invocationId }),
      ...(problem === undefined ? {} : { problem }),
    });
  }

  const candidates = options.port === undefined ? [options.lastPort.load(), 0] : [options.port];
  const listener = await startListener(candidates, handle, log);
  if (options.port === undefined) options.lastPort.save(listener.port);

  return {
    endpoint: `http://127.0.0.1:${listener.port}`,
    addresses: () => addressesOf(doors, listener.port),
    update({ resources, triggers }) {
      const before = JSON.stringify(addressesOf(doors, listener.port));
      const found = resources ? doorsOf(resources) : { doors: [], refused: [] };
      doors = found.doors;
      gateways = new Map(doors.map(door => [door, createGateway(door, gatewayPorts)]));
      lines = ownLines(doors);
      if (JSON.stringify(addressesOf(doors, listener.port)) !== before) {
        events.emit({ type: 'httpAddressesChanged' });
      }
      for (const { name, reason } of [...found.refused, ...refusedTriggers(triggers)]) {
        if (toldRefusals.has(name)) continue;
        toldRefusals.add(name);
        log.warn(reason);
      }
    },
    drain() {
      isDraining = true;
    },
    whenIdle: () =>
      underWay === 0
        ? Promise.resolve()
        : new Promise(resolve => {
            idle = [...idle, resolve];
          }),
    close: () => listener.close(),
  };
}

function createGateway(door: Door, ports: GatewayPorts): Gateway {
  switch (door.kind) {
    case 'restApi':
      return createRestGateway(door, ports);
    case 'httpApi':
      return createHttpGateway(door, ports);
    case 'functionUrl':
      return createUrlGateway(door, ports);
  }
}

function withApi(entry: AccessEntry, { id, api }: ApiDoor, path: string): AccessEntry {
  const stage = stageOf(api, path)?.stage;
  const more = { apiId: api.apiId, domainName: `${id}.${apiWord}.localhost` };
  return { ...entry, ...more, ...(stage === undefined ? {} : { stage }) };
}

const commonLine = accessLines();

/** Those of APIs whose stages have a format of their own. */
function ownLines(doors: readonly Door[]): ReadonlyMap<Door, AccessLine> {
  return new Map(
    doors.flatMap(door => {
      const format = door.kind === 'functionUrl' ? undefined : door.api.accessLogFormat;
      return format === undefined ? [] : [[door, accessLines(format)] as const];
    }),
  );
}

function extendedIdOf({ headers }: GatewayReply): string | undefined {
  return headerOf(headers, 'x-amz-apigw-id') ?? headerOf(headers, 'apigw-requestid');
}

/** Read for every token, so that a new key counts at once. */
async function readKeySet(file: string | undefined, log: Log): Promise<unknown> {
  if (file === undefined) return undefined;
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    log.warn(`No token is believed, because the key set ${file} cannot be read: ${messageOf(error)}`);
    return { keys: [] };
  }
}

function nowhere(client: ClientRequest): GatewayReply {
  const host = headerOf(client.headers, 'host') ?? '';
  if (/\.lambda-url\.localhost(?::|$)/i.test(host) || client.path.startsWith('/lambda-url/'))
    return unknownUrl();
  if (/\.execute-api\.localhost(?::|$)/i.test(host)) return messageReply(403, { message: 'Forbidden' });
  return messageReply(404, {
    message: 'There is no API at this address. GET / of 127.0.0.1 lists the addresses that there are.',
  });
}

function indexReply(addresses: readonly HttpAddress[]): GatewayReply {
  const lines = addresses.map(({ label, functionName, url }) => `${label}\t${functionName}\t${url}`);
  return {
    status: 200,
    headers: [
      ['content-type', 'text/plain; charset=utf-8'],
      ['cache-control', 'no-store'],
    ],
    body: lines.length === 0 ? 'This workspace has no API and no function URL.\n' : `${lines.join('\n')}\n`,
  };
}
