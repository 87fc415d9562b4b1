// An event that was accepted is not lost, however and whenever the engine ends.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { openDatabase } from '../../../src/engine/store/database.ts';
import { createEventQueue } from '../../../src/engine/store/eventQueue.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import { silentLog } from '../../support/silentLog.ts';
import { until } from '../../support/until.ts';
import { serveWorkspace } from '../services/support.ts';

suite('accepted events', () => {
  test('are all in the queue after a hundred kills under load', async function () {
    this.timeout(120_000);
    const folder = await mkdtemp(join(tmpdir(), 'lambda-lens-killed-'));
    try {
      const file = join(folder, 'lens.db');
      const accepted = new Set<string>();
      for (let kill = 0; kill < 100; kill += 1) {
        const child = spawn(process.execPath, [join(import.meta.dirname, 'acceptEvents.ts'), file], {
          stdio: ['ignore', 'pipe', 'ignore'],
        });
        let printed = '';
        child.stdout.setEncoding('utf8').on('data', chunk => {
          printed += chunk;
        });
        const exit = once(child, 'close');
        await until('the first event', () => printed.includes('\n'));
        // Anywhere in the few milliseconds that a write takes.
        await sleep(kill % 10);
        child.kill('SIGKILL');
        await exit;
        for (const id of printed.split('\n').slice(0, -1)) accepted.add(id);
      }
      assert.ok(accepted.size > 1_000, `${accepted.size} accepted`);
      const database = openDatabase(file);
      assert.equal(database.prepare('PRAGMA integrity_check').get()?.integrity_check, 'ok');
      const queue = createEventQueue(database, systemClock, silentLog);
      const kept = new Set(queue.list(queue.count()).map(({ event }) => event.requestId));
      database.close();
      assert.deepEqual(
        [...accepted].filter(id => !kept.has(id)),
        [],
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  test('are all run, at least once, by an engine that is killed again and again', async function () {
    this.timeout(120_000);
    const served = await serveWorkspace({
      'template.yaml': `Transform: AWS::Serverless-2016-10-31
Resources:
  Notes:
    Type: AWS::Serverless::Function
    Properties: { FunctionName: notes, Runtime: nodejs24.x, CodeUri: ., Handler: app.handler }
`,
      'app.js': `const { appendFileSync } = require('node:fs');
const { join } = require('node:path');
exports.handler = async ({ id, file }) => appendFileSync(file, id + '\\n');
`,
    });
    try {
      const file = join(served.workspace.root, 'run.txt');
      const accepted: string[] = [];
      let next = 0;
      for (let kill = 0; kill < 8; kill += 1) {
        const lambda = new LambdaClient(served.client);
        let isKilled = false;
        const send = async () => {
          while (!isKilled) {
            const id = String(next++);
            const Payload = Buffer.from(JSON.stringify({ id, file }));
            const sent = lambda.send(
              new InvokeCommand({ FunctionName: 'notes', InvocationType: 'Event', Payload }),
            );
            // Whoever is cut off cannot know.
            await sent.then(() => accepted.push(id)).catch(() => {});
          }
        };
        const senders = Array.from({ length: 4 }, send);
        const before = accepted.length;
        await until('some to be accepted', () => accepted.length >= before + 8 + kill, 30_000);
        const restarted = served.restart('SIGKILL');
        isKilled = true;
        await Promise.all([restarted, ...senders]);
        lambda.destroy();
      }
      const wasRun = async () => new Set((await readFile(file, 'utf8').catch(() => '')).split('\n'));
      assert.ok(accepted.length > 50, `${accepted.length} accepted`);
      await until(
        'every event to be run',
        async () => {
          const run = await wasRun();
          return accepted.every(id => run.has(id));
        },
        60_000,
      );
    } finally {
      await served.remove();
    }
  });
});
