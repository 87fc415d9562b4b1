import type { EngineEventBody } from '../model/engineEvent.ts';
import type { Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';

/** Everything the engine's parts need from outside of themselves. Take what you need with `Pick<Ports, ...>`. */
export interface Ports {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly events: EventSink;
  readonly credentials: CredentialIssuer;
  readonly processes: ProcessLedger;
}

export interface Ids {
  /** A random version 4 UUID, as AWS uses for request ids. */
  uuid(): string;
  /** `bytes` random bytes in lower-case hexadecimal. */
  hex(bytes: number): string;
}

export interface EventSink {
  emit(event: EngineEventBody): void;
}

/** Who signs a request with keys that the engine gave out of its own accord. */
export type Caller =
  | { readonly kind: 'user' }
  | {
      readonly kind: 'environment';
      readonly environmentId: string;
      readonly functionName: string;
      readonly roleArn: string;
    }
  /** What polls for a function, with the function's role. */
  | {
      readonly kind: 'mapping';
      readonly uuid: string;
      readonly functionName: string;
      readonly roleArn: string;
    };

/** Who signs a request. */
export type Principal =
  | Caller
  /** A role that somebody has assumed. */
  | {
      readonly kind: 'role';
      readonly roleArn: string;
      readonly sessionName: string;
      readonly issuedTo: Caller;
    };

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Absent for the user's own long-lived keys. */
  readonly sessionToken?: string;
}

export interface CredentialIssuer {
  /**
   * New credentials, valid until they are revoked.
   *
   * @param expiresAt epoch milliseconds.
   */
  issue(principal: Principal, expiresAt?: number): Credentials;
  revoke(accessKeyId: string): void;
}

/** Remembers the process groups that the engine owns, so that none outlives it however it ends. */
export interface ProcessLedger {
  /** @param pid the leader of a process group of its own. */
  add(pid: number): void;
  remove(pid: number): void;
}
