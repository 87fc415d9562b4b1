import { existsSync } from 'node:fs';
import type { Agent } from 'node:http';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { ProjectResources } from '../../model/projectResources.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Log } from '../../shared/log.ts';
import type { ProcessLedger } from '../ports.ts';
import { createEmbeddedService } from './embedded/embeddedService.ts';
import type { Home } from './front/front.ts';
import type { SendCall } from './provision/provisioner.ts';
import { readReply, send, type Upstream } from './upstream.ts';

export interface ProvisionedServiceOptions {
  /** What people are told of it. */
  readonly title: string;
  /** Of its bundle and its folder. */
  readonly name: string;
  /** Answers 200 when the service works. */
  readonly healthPath: string;
  readonly home: Home;
  readonly stateDirectory: string;
  readonly distDirectory: string;
}

/** An embedded service that holds what the workspace's templates define. */
export interface ProvisionedService {
  readonly title: string;
  /**
   * Once it runs and has everything in it.
   *
   * @throws UserError when it does not run.
   */
  upstream(): Promise<Upstream>;
  /** Settles when somebody has used it, now or before the engine was started: there may be something in it. */
  whenUsed(): Promise<void>;
  update(resources: ProjectResources | undefined): void;
  close(): Promise<void>;
}

/** @param provision makes what is not there; what cannot be made is logged. */
export function createProvisionedService(
  options: ProvisionedServiceOptions,
  parts: { readonly clock: Clock; readonly log: Log; readonly processes: ProcessLedger },
  provision: (resources: ProjectResources, send: SendCall) => Promise<void>,
): ProvisionedService {
  const { title, name, home } = options;
  // What the service is known by; where it is the agent knows.
  const address = new URL(home.endpoint);
  const call =
    (agent: Agent): SendCall =>
    async request =>
      readReply(await send({ agent, address }, request));
  let resources: ProjectResources | undefined;
  /** What is in the service; each process begins with what an earlier one has stored. */
  let provisioned: ProjectResources | undefined;
  let provisioning: Promise<void> = Promise.resolve();
  const dataDirectory = join(options.stateDirectory, 'services', name);
  const used = Promise.withResolvers<void>();
  if (existsSync(dataDirectory)) used.resolve();

  const service = createEmbeddedService({
    ...parts,
    title,
    launch: {
      script: join(options.distDirectory, `service-${name}.js`),
      dataDirectory,
      region: home.region,
      accountId: home.accountId,
    },
    async prepare(agent) {
      const reply = await call(agent)({
        method: 'GET',
        path: options.healthPath,
        query: {},
        headers: {},
        body: new Uint8Array(),
      });
      if (reply.status !== 200) throw new Error(`It answers ${reply.status} when asked how it is.`);
      provisioned = undefined;
      await bringUpToDate(agent);
    },
  });

  function bringUpToDate(agent: Agent): Promise<void> {
    const wanted = resources;
    provisioning = provisioning.then(async () => {
      if (wanted === undefined || wanted === provisioned) return;
      await provision(wanted, call(agent));
      provisioned = wanted;
    });
    return provisioning;
  }

  return {
    title,
    whenUsed: () => used.promise,
    async upstream() {
      used.resolve();
      const agent = await service.agent();
      if (resources !== provisioned) await bringUpToDate(agent);
      return { agent, address };
    },
    update(next) {
      // Most edits of a workspace change nothing of what is in a service.
      if (!isDeepStrictEqual(next, resources)) resources = next;
    },
    close: () => service.close(),
  };
}
