import { realpath } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { EngineConnection } from '../client/connection.ts';
import { defaultStateDirectory } from '../engine/ownership/rendezvous.ts';
import { createStreamLog } from '../engine/streamLog.ts';
import { UserError } from '../shared/errors.ts';
import type { CliIo } from './io.ts';

/** The real path of a workspace folder. @throws UserError where there is none. */
export async function existingFolder(folder: string): Promise<string> {
  try {
    return await realpath(folder);
  } catch (error) {
    throw new UserError(`${folder} is no folder. Name the workspace folder with --root.`, { cause: error });
  }
}

/** A lease on the engine that serves a workspace folder already, or else on one that ends half a minute later. */
export function connectToWorkspace(root: string, io: CliIo): Promise<EngineConnection> {
  const { connectEngine } = createRequire(join(io.distDirectory, 'cli.js'))(
    './aws.js',
  ) as typeof import('../client/aws.ts');
  return connectEngine({
    root,
    stateDirectory: defaultStateDirectory(root),
    distDirectory: io.distDirectory,
    engine: { region: 'us-east-1', accountId: '000000000000' },
    log: createStreamLog(io.stderr, true),
  });
}
