import { join } from 'node:path';
import type { ProjectResources } from '../../model/projectResources.ts';
import type { Clock } from '../../shared/clock.ts';
import { isUserError, messageOf } from '../../shared/errors.ts';
import type { Log } from '../../shared/log.ts';
import type { HttpReply, HttpRequest, StreamedReply } from '../api/http.ts';
import { errorInProtocolOf, refuseService } from '../api/otherServices.ts';
import { frontError } from '../api/serviceErrors.ts';
import type { CredentialIssuer, Principal, ProcessLedger } from '../ports.ts';
import { answerEvents, type EventsParts } from '../triggers/answerEvents.ts';
import { type ObjectChange, objectChanges } from '../triggers/objectChanges.ts';
import { type PublishedMessage, publishedMessages } from '../triggers/publishedMessages.ts';
import { createConfiguredServices } from './configured/configuredService.ts';
import type { ServiceTarget } from './configured/serviceTargets.ts';
import { answerParameters, parseParameter } from './files/parameters.ts';
import { answerSecrets, parseSecret } from './files/secrets.ts';
import { answerSecurityTokens } from './files/securityTokens.ts';
import { createWorkspaceFile } from './files/workspaceFile.ts';
import type { Front, Home } from './front/front.ts';
import { kinesisFront } from './front/kinesis.ts';
import { s3Front } from './front/s3.ts';
import { snsFront } from './front/sns.ts';
import { sqsFront } from './front/sqs.ts';
import { provisionFauxqs } from './provision/provisionFauxqs.ts';
import { provisionKinesis } from './provision/provisionKinesis.ts';
import { createProvisionedService, type ProvisionedService } from './provisionedService.ts';
import { createQueueInspection, type QueueInspection } from './queueInspection.ts';
import { passReply, readReply, send } from './upstream.ts';

export interface AwsServicesOptions {
  readonly home: Home;
  /** The workspace folder. */
  readonly root: string;
  readonly stateDirectory: string;
  readonly distDirectory: string;
  /** Where the user wants calls to go, by signing name. */
  readonly targets: ReadonlyMap<string, ServiceTarget>;
}

export interface AwsServicesParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly processes: ProcessLedger;
  readonly credentials: Pick<CredentialIssuer, 'issue'>;
  /** A request to the embedded S3 has changed an object. */
  readonly objectChanged: (change: ObjectChange) => void;
  /** A topic of the embedded SNS has taken a message. */
  readonly messagePublished: (message: PublishedMessage) => void;
  readonly events: EventsParts;
}

/** A verified request to a service other than Lambda. */
export interface ServiceCall {
  /** The signing name in the credential scope. */
  readonly service: string;
  /** Of the credential scope. */
  readonly region: string;
  readonly request: HttpRequest;
  readonly requestId: string;
  readonly principal: Principal;
}

/** The AWS services beside Lambda: what the user has configured, what is embedded, what files answer. */
export interface AwsServices {
  /** What is in the queues of the embedded SQS, which is started by the first question. */
  readonly queues: QueueInspection;
  handle(call: ServiceCall): Promise<HttpReply | StreamedReply>;
  /** Whether the user has said where calls of a service go. */
  isConfigured(service: string): boolean;
  /** Settles when there may be something in a service: an embedded one is started by whoever uses it. */
  whenUsed(service: string): Promise<void>;
  /** What the workspace defines now; it is made in the services that run, and in the others when they start. */
  update(resources: ProjectResources | undefined): void;
  close(): Promise<void>;
}

export function createAwsServices(options: AwsServicesOptions, parts: AwsServicesParts): AwsServices {
  const { home, root, targets } = options;
  const { clock, log } = parts;
  const configured = createConfiguredServices(home.accountId, clock);
  const fauxqs = createProvisionedService(
    { ...options, title: 'fauxqs (SQS, SNS, S3)', name: 'fauxqs', healthPath: '/health' },
    parts,
    (resources, sendCall) => provisionFauxqs(resources, home, sendCall, log),
  );
  const kinesis = createProvisionedService(
    { ...options, title: 'kinesis-local (Kinesis)', name: 'kinesis', healthPath: '/healthcheck' },
    parts,
    (resources, sendCall) => provisionKinesis(resources, home, sendCall, { clock, log }),
  );
  const embedded = new Map<string, { readonly service: ProvisionedService; readonly front: Front }>([
    ['sqs', { service: fauxqs, front: sqsFront }],
    ['sns', { service: fauxqs, front: snsFront }],
    ['s3', { service: fauxqs, front: s3Front }],
    ['kinesis', { service: kinesis, front: kinesisFront }],
  ]);
  const parameters = createWorkspaceFile(join(root, '.lambda-lens', 'parameters.json'), parseParameter);
  const secrets = createWorkspaceFile(join(root, '.lambda-lens', 'secrets.json'), parseSecret);

  async function passToEmbedded(
    { service, front }: { readonly service: ProvisionedService; readonly front: Front },
    call: ServiceCall,
  ): Promise<HttpReply | StreamedReply> {
    const refuse = (message: string) =>
      errorInProtocolOf(
        call.service,
        call.request,
        frontError('ServiceUnavailable', 503, message),
        call.requestId,
      );
    const step = front(call.request, home, call.region);
    if (step.kind === 'refused') {
      return errorInProtocolOf(call.service, call.request, step.error, call.requestId);
    }
    try {
      const answer = await send(await service.upstream(), step.request);
      if (call.service === 's3' && answer.statusCode !== undefined && answer.statusCode < 300) {
        for (const change of objectChanges(call.request)) parts.objectChanged(change);
      }
      if (call.service === 'sns') {
        const reply = await readReply(answer);
        for (const message of publishedMessages(call.request, reply)) parts.messagePublished(message);
        return step.change ? step.change(reply) : reply;
      }
      return step.change ? step.change(await readReply(answer)) : passReply(answer);
    } catch (error) {
      if (isUserError(error)) return refuse(error.message);
      return refuse(`${service.title} broke off: ${messageOf(error)}. It is started again; try again.`);
    }
  }

  return {
    queues: createQueueInspection(async path =>
      readReply(
        await send(await fauxqs.upstream(), {
          method: 'GET',
          path,
          query: {},
          headers: {},
          body: new Uint8Array(),
        }),
      ),
    ),
    async handle(call) {
      const { service, request, requestId, principal } = call;
      const target = targets.get(service);
      if (target) return configured(target, call);
      const inside = embedded.get(service);
      if (inside) return passToEmbedded(inside, call);
      switch (service) {
        case 'ssm':
          return answerParameters(parameters, request, home);
        case 'secretsmanager':
          return answerSecrets(secrets, request, home);
        case 'events':
          return answerEvents(parts.events, request);
        case 'sts':
          return answerSecurityTokens(request, requestId, principal, {
            home,
            credentials: parts.credentials,
            clock,
          });
        default:
          return refuseService(service, request, requestId);
      }
    },
    isConfigured: service => targets.has(service),
    whenUsed: service =>
      targets.has(service)
        ? Promise.resolve()
        : (embedded.get(service)?.service.whenUsed() ?? Promise.resolve()),
    update(resources) {
      fauxqs.update(resources);
      kinesis.update(resources);
    },
    async close() {
      await Promise.all([fauxqs.close(), kinesis.close()]);
    },
  };
}
