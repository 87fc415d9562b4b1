import assert from 'node:assert/strict';
import { BackgroundRequests } from '../../../src/analyzer/background.ts';
import type { Outcome } from '../../../src/analyzer/protocol.ts';

/** A worker that answers when it is told to. */
class FakeWorker {
  /** What it was asked, in order. */
  readonly asked: string[] = [];
  #answer: ((outcome: Outcome<string>) => void) | undefined;

  ask(name: string): (signal: AbortSignal) => Promise<Outcome<string>> {
    return signal => {
      this.asked.push(name);
      return new Promise(resolve => {
        this.#answer = resolve;
        signal.addEventListener('abort', () => resolve({ kind: 'cancelled' }), { once: true });
      });
    };
  }

  /** Answers what it was asked last. */
  async answer(value: string): Promise<void> {
    this.#answer?.({ kind: 'done', value });
    await settled();
  }
}

/** Every promise that can has gone on. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

suite('requests in the background', () => {
  test('are asked one at a time, in their order', async () => {
    const background = new BackgroundRequests();
    const worker = new FakeWorker();
    const answers = [background.run(worker.ask('first')), background.run(worker.ask('second'))];
    assert.deepEqual(worker.asked, ['first']);
    await worker.answer('1');
    assert.deepEqual(worker.asked, ['first', 'second']);
    await worker.answer('2');
    assert.deepEqual(await Promise.all(answers), [
      { kind: 'done', value: '1' },
      { kind: 'done', value: '2' },
    ]);
  });

  test('wait for every other request', async () => {
    const background = new BackgroundRequests();
    const worker = new FakeWorker();
    background.began();
    background.began();
    void background.run(worker.ask('later'));
    background.ended();
    assert.deepEqual(worker.asked, []);
    background.ended();
    assert.deepEqual(worker.asked, ['later']);
  });

  test('are given up for another request and asked again, before those behind them', async () => {
    const background = new BackgroundRequests();
    const worker = new FakeWorker();
    const first = background.run(worker.ask('first'));
    void background.run(worker.ask('second'));
    background.began();
    await settled();
    assert.deepEqual(worker.asked, ['first']);
    background.ended();
    assert.deepEqual(worker.asked, ['first', 'first']);
    await worker.answer('1');
    assert.deepEqual(await first, { kind: 'done', value: '1' });
    assert.deepEqual(worker.asked, ['first', 'first', 'second']);
  });

  test('are cancelled while they wait and while they are answered', async () => {
    const background = new BackgroundRequests();
    const worker = new FakeWorker();
    const [running, waiting] = [new AbortController(), new AbortController()];
    const first = background.run(worker.ask('first'), running.signal);
    const second = background.run(worker.ask('second'), waiting.signal);
    const third = background.run(worker.ask('third'));
    waiting.abort();
    assert.deepEqual(await second, { kind: 'cancelled' });
    running.abort();
    assert.deepEqual(await first, { kind: 'cancelled' });
    await settled();
    assert.deepEqual(worker.asked, ['first', 'third']);
    await worker.answer('3');
    assert.deepEqual(await third, { kind: 'done', value: '3' });
  });

  test('are not asked where they were cancelled beforehand', async () => {
    const worker = new FakeWorker();
    const outcome = await new BackgroundRequests().run(worker.ask('never'), AbortSignal.abort());
    assert.deepEqual([outcome, worker.asked], [{ kind: 'cancelled' }, []]);
  });

  test('reject their callers only', async () => {
    const background = new BackgroundRequests();
    const worker = new FakeWorker();
    const failed = background.run(() => Promise.reject(new Error('broken')));
    void background.run(worker.ask('next'));
    await assert.rejects(failed, /broken/);
    await settled();
    assert.deepEqual(worker.asked, ['next']);
  });
});
