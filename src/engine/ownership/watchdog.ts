// A process of its own that outlives the engine by a moment: when the pipe from the engine ends, whatever the
// reason, it ends every process group that the engine had recorded. SIGKILL ends stopped processes as well,
// which would never notice by themselves that the engine is gone.
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { killGroup } from './processGroups.ts';
import { noteCommand, nothingLeft, parseCommand } from './watchdogProtocol.ts';

let left = nothingLeft;

// Only the end of the engine ends it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});

// A pipe that breaks has ended, too.
process.stdin.on('error', cleanUp);
createInterface({ input: process.stdin })
  .on('line', line => {
    const command = parseCommand(line);
    if (command) left = noteCommand(left, command);
  })
  .on('close', cleanUp);

function cleanUp(): void {
  for (const group of left.groups) attempt(() => killGroup(group));
  for (const folder of left.folders) {
    attempt(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 }));
  }
  process.exit();
}

function attempt(clean: () => void): void {
  try {
    clean();
  } catch {
    // One that cannot be ended must not keep the others alive; there is nobody left to tell.
  }
}
