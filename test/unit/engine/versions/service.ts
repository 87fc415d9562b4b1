// The version service and its operations, without a disk, a process or a socket.
import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import type { Deployment } from '../../../../src/engine/api/operations/deployment.ts';
import { deploymentOperations } from '../../../../src/engine/api/operations/deploymentOperations.ts';
import type { CodeArchives } from '../../../../src/engine/code/codeArchives.ts';
import type { ServiceError } from '../../../../src/engine/invoke/invocation.ts';
import { migrate } from '../../../../src/engine/store/migrations.ts';
import { createVersionService } from '../../../../src/engine/versions/service.ts';
import { createWorkspaceFunctions } from '../../../../src/engine/versions/workspaceFunctions.ts';
import { createFakeClock } from '../../../support/fakeClock.ts';
import { silentLog } from '../../../support/silentLog.ts';

export type Answer =
  | { readonly kind: 'answered'; readonly output: Readonly<Record<string, unknown>> }
  | { readonly kind: 'failed'; readonly error: ServiceError };

export interface TestService extends Deployment {
  call(operation: string, input: Readonly<Record<string, unknown>>): Promise<Answer>;
}

/** @param random what the next invocation of an alias with weights draws */
export function createTestService(random: () => number = () => 0.5): TestService {
  const database = new DatabaseSync(':memory:');
  migrate(database, ':memory:');
  let ids = 0;
  const deployment: Deployment = {
    ...createVersionService(
      {
        home: { region: 'us-east-1', accountId: '000000000000' },
        clock: createFakeClock(),
        ids: { uuid: () => `id-${++ids}`, hex: bytes => String(++ids).padStart(bytes * 2, '0') },
        log: silentLog,
        events: { emit: () => {} },
        archives: memoryArchives(),
        workspace: createWorkspaceFunctions('/workspace'),
        database,
        runtime: () => ({
          workspaceCode: async () => undefined,
          builtFrom: () => [],
          retire: () => {},
          provision: async () => {},
          endProvision: () => {},
          provisioned: () => ({ available: 0, failed: 0 }),
        }),
        random,
        limits: { accountConcurrency: 1000, maxEnvironments: 16 },
      },
      ({ environment }) => environment,
    ),
    codeSource: async () => ({ kind: 'failed', code: 'NoSuchBucket', message: 'There is none.' }),
    codeLocation: sha256 => `http://127.0.0.1:1/${sha256}`,
    sdkFolders: [],
    urlOf: () => undefined,
    urlsChanged: () => {},
  };
  const operations = deploymentOperations(deployment);
  return {
    ...deployment,
    async call(operation, input) {
      const handler = operations[operation];
      if (!handler) throw new Error(`There is no ${operation}`);
      return (await handler(input, { requestId: 'r', headers: {} })) as Answer;
    },
  };
}

function memoryArchives(): CodeArchives {
  const archives = new Map<string, Buffer>();
  return {
    put: async archive => {
      const sha256 = createHash('sha256').update(archive).digest('base64');
      archives.set(sha256, Buffer.from(archive));
      return sha256;
    },
    read: async sha256 => archives.get(sha256) ?? Buffer.alloc(0),
    folderOf: sha256 => `/code/${sha256}`,
    unpacked: async () => {},
    keepOnly: async () => {},
  };
}
