import type { Agent } from 'node:http';
import type { Clock } from '../../../shared/clock.ts';
import type { Disposable } from '../../../shared/disposable.ts';
import { messageOf, UserError } from '../../../shared/errors.ts';
import type { Log } from '../../../shared/log.ts';
import type { ProcessLedger } from '../../ports.ts';
import { type ServiceEffect, type ServiceEvent, type ServiceState, stepService } from './serviceLifecycle.ts';
import { type HostLaunch, type ServiceHost, startHost } from './startHost.ts';

export interface EmbeddedServiceParts {
  /** What people are told of it, for example `fauxqs (SQS, SNS, S3)`. */
  readonly title: string;
  readonly launch: HostLaunch;
  /** Asks whether it works, and puts into it what has to be there; rejects where that is impossible. */
  readonly prepare: (agent: Agent) => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
  readonly processes: ProcessLedger;
}

/** A service in a process of its own, started by the first who asks for it and kept running from then on. */
export interface EmbeddedService {
  /** @throws UserError when it does not run. */
  agent(): Promise<Agent>;
  close(): Promise<void>;
}

export function createEmbeddedService(parts: EmbeddedServiceParts): EmbeddedService {
  const { title, launch, clock, log } = parts;
  let state: ServiceState = { name: 'stopped' };
  let host: Pick<ServiceHost, 'end'> | undefined;
  let agent: Agent | undefined;
  let timer: Disposable | undefined;
  const waiting: PromiseWithResolvers<Agent>[] = [];
  const closed = Promise.withResolvers<void>();

  function happen(event: ServiceEvent): void {
    const step = stepService(state, event);
    if (!step) {
      log.error(`${title}: ${event.type} is not expected while it is ${state.name}`);
      return;
    }
    state = step.next;
    for (const effect of step.effects) run(effect);
  }

  function run(effect: ServiceEffect): void {
    switch (effect.type) {
      case 'start':
        start();
        break;
      case 'end':
        timer?.dispose();
        host?.end();
        break;
      case 'serve':
        for (const { resolve } of waiting.splice(0)) if (agent) resolve(agent);
        break;
      case 'refuse':
        for (const { reject } of waiting.splice(0)) reject(refusal(effect.reason));
        break;
      case 'rest':
        timer = clock.after(effect.ms, () => happen({ type: 'rested' }));
        break;
      case 'wake':
        timer?.dispose();
        break;
      case 'settle':
        closed.resolve();
        break;
    }
  }

  function start(): void {
    let isAnswering = false;
    let problem: string | undefined;
    const startedAt = clock.monotonic();
    const giveUp = (reason: string) => {
      problem = reason;
      host?.end();
    };
    timer = clock.after(startLimitMs, () => giveUp(`It did not answer within ${startLimitMs / 1000} s.`));
    host = startHost(launch, parts.processes, {
      async listening(started) {
        agent = started.agent;
        host = started;
        try {
          await parts.prepare(started.agent);
        } catch (error) {
          return giveUp(messageOf(error));
        }
        if (state.name !== 'starting' || host !== started) return;
        isAnswering = true;
        timer?.dispose();
        timer = clock.after(provenMs, () => happen({ type: 'proven' }));
        log.info(`${title} was started in ${Math.round(clock.monotonic() - startedAt)} ms`);
        happen({ type: 'ready' });
      },
      ended(reason) {
        timer?.dispose();
        agent = undefined;
        const why = problem ?? reason;
        if (state.name !== 'closing') {
          log.warn(`${title} has ended${isAnswering ? '' : ' before it answered'}: ${why}`);
        }
        happen({ type: 'ended', reason: why });
      },
    });
  }

  function refusal(reason: string): UserError {
    return new UserError(
      `${title} does not run: ${reason} Its data is in ${launch.dataDirectory}; where that is damaged, move the folder away. The next call tries again.`,
    );
  }

  return {
    agent() {
      const wait = Promise.withResolvers<Agent>();
      waiting.push(wait);
      happen({ type: 'wanted' });
      return wait.promise;
    },
    close() {
      if (state.name !== 'closing' && state.name !== 'closed') happen({ type: 'close' });
      return closed.promise;
    },
  };
}

/** On a busy machine Kinesis takes five seconds. */
const startLimitMs = 60_000;
const provenMs = 10_000;
