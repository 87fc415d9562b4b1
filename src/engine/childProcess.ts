import { isUserError } from '../shared/errors.ts';
import type { Log } from '../shared/log.ts';
import type { RunningEngine, RunOptions } from './engineProcess.ts';
import { engineExitCodes } from './ownership/exitCodes.ts';
import { AlreadyServed } from './ownership/ownership.ts';
import { createStreamLog } from './streamLog.ts';

/** Runs the engine as what this process is for, with the options in its first argument; ends the process. */
export async function runAsChild(
  run: (options: RunOptions, log: Log) => Promise<RunningEngine>,
): Promise<void> {
  // Standard error is a file that clients show the end of when the engine dies.
  const log = createStreamLog(process.stderr, false);
  try {
    const engine = await run(JSON.parse(process.argv[2] ?? '{}') as RunOptions, log);
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => engine.stop(`it received ${signal}`));
    }
    await engine.ended;
    process.exit(engineExitCodes.ended);
  } catch (error) {
    if (error instanceof AlreadyServed) {
      log.info(error.message);
      process.exit(engineExitCodes.alreadyServed);
    }
    if (isUserError(error)) log.warn(error.message);
    else log.error('The engine could not be started', error);
    process.exit(isUserError(error) ? engineExitCodes.refused : engineExitCodes.failed);
  }
}
