// Puts events into the queue of a database for as long as it lives, and prints the id of each that was accepted.
import { writeSync } from 'node:fs';
import { openDatabase } from '../../../src/engine/store/database.ts';
import { createEventQueue } from '../../../src/engine/store/eventQueue.ts';
import { systemIds } from '../../../src/engine/systemIds.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import { silentLog } from '../../support/silentLog.ts';

const [file = ''] = process.argv.slice(2);
const queue = createEventQueue(openDatabase(file), systemClock, silentLog);
const payload = Buffer.from(JSON.stringify('x'.repeat(500)));

async function accept(): Promise<never> {
  for (;;) {
    const requestId = systemIds.uuid();
    const progress = { queuedAt: Date.now(), invokeCount: 0, refusals: 0 };
    await queue.add({ requestId, functionName: 'orders', progress }, payload, Date.now());
    writeSync(1, `${requestId}\n`);
  }
}

for (let client = 0; client < 20; client += 1) void accept();
