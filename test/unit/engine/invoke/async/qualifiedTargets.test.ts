import assert from 'node:assert/strict';
import type { AsyncRequest } from '../../../../../src/engine/invoke/async/queuedEvent.ts';
import { createSender } from '../../../../../src/engine/invoke/async/sender.ts';
import { parseTarget } from '../../../../../src/engine/invoke/async/targets.ts';

/** What a notification, a rule or a destination with that target invokes. */
async function invoked(targetArn: string): Promise<Partial<AsyncRequest>> {
  const requests: AsyncRequest[] = [];
  const send = createSender({
    home: { region: 'us-east-1', accountId: '000000000000' },
    ids: { uuid: () => 'id' },
    call: () => Promise.reject(new Error('No service is called.')),
    invoke: async request => void requests.push(request),
  });
  const target = parseTarget(targetArn);
  assert.ok(target);
  assert.deepEqual(await send(target, { body: '{}' }), { kind: 'sent' });
  const [{ functionName, qualifier } = {} as AsyncRequest] = requests;
  return { functionName, ...(qualifier === undefined ? {} : { qualifier }) };
}

suite('a function that is told of something by its ARN', () => {
  const check = (name: string, resource: string, expected: Partial<AsyncRequest>) =>
    test(name, async () =>
      assert.deepEqual(await invoked(`arn:aws:lambda:us-east-1:000000000000:${resource}`), expected),
    );

  check('runs as it is where nothing more is said', 'function:orders', { functionName: 'orders' });
  check('runs what the alias leads to', 'function:orders:live', {
    functionName: 'orders',
    qualifier: 'live',
  });
  check('runs the version', 'function:orders:7', { functionName: 'orders', qualifier: '7' });
});
