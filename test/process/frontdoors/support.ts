// Real functions behind APIs and function URLs, on a port of their own.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { createCredentialStore } from '../../../src/engine/auth/credentialStore.ts';
import { createVerifier } from '../../../src/engine/auth/verifier.ts';
import { type FrontDoors, startFrontDoors } from '../../../src/engine/frontdoors/frontDoors.ts';
import type { Credentials } from '../../../src/engine/ports.ts';
import { systemIds } from '../../../src/engine/systemIds.ts';
import type { EngineEventBody } from '../../../src/model/engineEvent.ts';
import type { FunctionDefinition } from '../../../src/model/functionDefinition.ts';
import type { ProjectResources } from '../../../src/model/projectResources.ts';
import { type Clock, systemClock } from '../../../src/shared/clock.ts';
import { silentLog } from '../../support/silentLog.ts';
import { type TestRuntime, withRuntime } from '../runtime/support.ts';

const home = { region: 'eu-west-1', accountId: '123456789012' };

export type Resources = Partial<Pick<ProjectResources, 'apis' | 'routes' | 'authorizers' | 'functionUrls'>>;

export interface OpenDoors {
  readonly doors: FrontDoors;
  /** `http://127.0.0.1:port/execute-api/shop` and the like. */
  readonly at: (path: string) => string;
  readonly port: number;
  readonly runtime: TestRuntime;
  readonly events: readonly EngineEventBody[];
  readonly accessLines: readonly string[];
  readonly warnings: readonly string[];
  /** The user's own keys. */
  readonly credentials: Credentials;
}

export interface DoorsOptions {
  /** What APIs measure their timeouts by; the functions keep the system's. */
  readonly clock?: Clock;
  readonly jwksFile?: (workspace: string) => string;
}

/** Opens the doors of a project around a test. */
export async function withDoors(
  definitions: readonly Partial<FunctionDefinition>[],
  files: Readonly<Record<string, string>>,
  resources: Resources,
  test: (open: OpenDoors) => Promise<void>,
  { clock = systemClock, jwksFile }: DoorsOptions = {},
): Promise<void> {
  await withRuntime(definitions, files, async runtime => {
    const events: EngineEventBody[] = [];
    const accessLines: string[] = [];
    const warnings: string[] = [];
    const credentials = createCredentialStore(systemIds);
    const doors = await startFrontDoors(
      {
        port: 0,
        lastPort: { load: () => 0, save() {} },
        jwksFile: jwksFile?.(runtime.workspace),
      },
      {
        clock,
        ids: systemIds,
        log: {
          ...silentLog,
          warn: message => void warnings.push(message),
        },
        events: { emit: event => void events.push(event) },
        accessLog: line => void accessLines.push(line),
        home,
        invoker: runtime.runtime,
        remember() {},
        forget() {},
        verifier: createVerifier(credentials, systemClock, home.region),
      },
    );
    try {
      doors.update({
        resources: {
          apis: [],
          routes: [],
          authorizers: [],
          functionUrls: [],
          ...resources,
        } as Partial<ProjectResources> as ProjectResources,
      });
      await test({
        doors,
        at: path => `${doors.endpoint}${path}`,
        port: Number(new URL(doors.endpoint).port),
        runtime,
        events,
        accessLines,
        warnings,
        credentials: credentials.issue({ kind: 'user' }),
      });
    } finally {
      await doors.close();
    }
  });
}

/** What curl prints; it resolves names below `localhost` by itself. */
export async function curl(...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('curl', ['--silent', '--noproxy', '*', ...args]);
  return stdout;
}
