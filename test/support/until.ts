import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again and again until the answer is yes; rejects after some seconds. */
export async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  timeoutMs = 10_000,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`Waited in vain for ${what}`);
    await sleep(20);
  }
}
