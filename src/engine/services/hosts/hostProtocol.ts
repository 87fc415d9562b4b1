/**
 * What the engine tells a service's process first, over its IPC channel: on a command line or in a variable
 * every program of the machine could read the key.
 */
export interface HostOptions {
  /** Hexadecimal. What every connection has to begin with. */
  readonly key: string;
  /** Where the service keeps its data; it exists. */
  readonly dataDirectory: string;
  readonly region: string;
  readonly accountId: string;
}

/** What the process answers once it takes connections. */
export interface HostAnnouncement {
  /** Of 127.0.0.1. */
  readonly port: number;
}

/** How many bytes a key has. */
export const keyLength = 32;
