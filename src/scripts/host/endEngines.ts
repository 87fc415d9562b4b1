import { glob } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isRunning, readAttachment, type StoredAttachment } from '../../engine/ownership/attachmentFile.ts';
import { until } from './until.ts';

/** Ends the engines that were started with that XDG_STATE_HOME, which would otherwise wait for clients. */
export async function endEngines(stateHome: string): Promise<void> {
  const engines = await runningEngines(stateHome);
  for (const engine of engines) terminate(engine.pid);
  await until('the engines to end', () => !engines.some(isRunning));
}

/** What the engines with that XDG_STATE_HOME wrote for their clients. */
export async function runningEngines(stateHome: string): Promise<readonly StoredAttachment[]> {
  const files = await Array.fromAsync(glob('lambda-lens/engines/*/engine.json', { cwd: stateHome }));
  const attachments = await Promise.all(files.map(file => readAttachment(dirname(join(stateHome, file)))));
  return attachments.filter(attachment => attachment !== undefined).filter(isRunning);
}

function terminate(pid: number): void {
  try {
    process.kill(pid, 'SIGTERM');
  } catch {
    // It has just ended by itself.
  }
}
