import assert from 'node:assert/strict';
import type { Members } from '../../../../src/engine/api/binding.ts';
import { createInvoke } from '../../../../src/engine/api/operations/invoke.ts';
import type { AsyncRequest } from '../../../../src/engine/invoke/async/queuedEvent.ts';
import type {
  InvokeOutcome,
  InvokeRequest,
  Invoker,
  ServiceError,
} from '../../../../src/engine/invoke/invocation.ts';

const completed: Extract<InvokeOutcome, { kind: 'completed' }> = {
  kind: 'completed',
  payload: Buffer.from('{"ok":true}'),
  executedVersion: '$LATEST',
  log: 'START\nEND\n',
  environmentId: 'e',
  coldStart: true,
  durationMs: 1,
};
const notFound: ServiceError = { name: 'ResourceNotFoundException', status: 404, body: { Message: 'no' } };

/** Invokes with an invoker that answers as told, and tells what it was asked. */
async function invoke(
  input: Members,
  options: {
    readonly outcome?: InvokeOutcome;
    readonly refusal?: ServiceError;
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
) {
  const requests: InvokeRequest[] = [];
  const noted: string[] = [];
  const accepted: AsyncRequest[] = [];
  const invoker: Invoker = {
    async invoke(request) {
      requests.push(request);
      return options.outcome ?? completed;
    },
    check: () => options.refusal,
  };
  const handler = createInvoke({
    invoker,
    home: { region: 'us-east-1', accountId: '000000000000' },
    remember: id => noted.push(`remember ${id}`),
    forget: id => noted.push(`forget ${id}`),
    accept: async event => {
      accepted.push(event);
    },
  });
  const result = await handler(
    { FunctionName: 'orders', ...input },
    { requestId: 'r-1', headers: options.headers ?? {} },
  );
  return { result, request: requests[0], noted, accepted };
}

async function checkFailure(input: Members, status: number, name: string, message: string | RegExp) {
  const { result, request } = await invoke(input);
  assert.equal(request, undefined);
  assert.equal(result.kind, 'failed');
  if (result.kind !== 'failed') return;
  const { error } = result;
  assert.deepEqual([error.status, error.name], [status, name]);
  const text = String(error.body.message ?? error.body.Message);
  if (typeof message === 'string') assert.equal(text, message);
  else assert.match(text, message);
}

suite('the Invoke operation', () => {
  test('hands over names, payload, trace header and the id of the request', async () => {
    const { request, noted } = await invoke(
      { FunctionName: 'function:orders:live', Payload: Buffer.from('[1]') },
      { headers: { 'x-amzn-trace-id': 'Root=1-2-3' } },
    );
    assert.deepEqual(request, {
      requestId: 'r-1',
      functionName: 'orders',
      qualifier: 'live',
      payload: Buffer.from('[1]'),
      traceHeader: 'Root=1-2-3',
    });
    assert.deepEqual(noted, ['remember r-1']);
  });

  test('an absent body reaches the function as {}', async () => {
    const { request } = await invoke({});
    assert.equal(Buffer.from(request?.payload ?? []).toString(), '{}');
  });

  test('answers 200 with payload and version', async () => {
    const { result } = await invoke({});
    assert.deepEqual(result, {
      kind: 'answered',
      output: { StatusCode: 200, Payload: new Uint8Array(completed.payload), ExecutedVersion: '$LATEST' },
    });
  });

  test('a function error is a completed invocation', async () => {
    const { result } = await invoke({}, { outcome: { ...completed, functionError: 'Unhandled' } });
    assert.equal(result.kind === 'answered' && result.output.FunctionError, 'Unhandled');
    assert.equal(result.kind === 'answered' && result.output.StatusCode, 200);
  });

  test('LogType Tail carries the last 4 KB of the log', async () => {
    const log = `${'x'.repeat(10_000)}\nEND é\n`;
    const { result } = await invoke({ LogType: 'Tail' }, { outcome: { ...completed, log } });
    const tail = Buffer.from(String(result.kind === 'answered' && result.output.LogResult), 'base64');
    assert.equal(tail.length, 4096);
    assert.ok(tail.toString().endsWith('\nEND é\n'));
  });

  test('without LogType, or with None, there is no log', async () => {
    for (const input of [{}, { LogType: 'None' }]) {
      const { result } = await invoke(input);
      assert.equal(result.kind === 'answered' && 'LogResult' in result.output, false);
    }
  });

  test('what the runtime rejects is forgotten and answered as it is', async () => {
    const { result, noted } = await invoke({}, { outcome: { kind: 'rejected', error: notFound } });
    assert.deepEqual(result, { kind: 'failed', error: notFound });
    assert.deepEqual(noted, ['remember r-1', 'forget r-1']);
  });

  test('DryRun asks without invoking', async () => {
    const fine = await invoke({ InvocationType: 'DryRun' });
    assert.deepEqual(fine.result, { kind: 'answered', output: { StatusCode: 204 } });
    assert.equal(fine.request, undefined);
    assert.deepEqual(fine.noted, []);
    const refused = await invoke({ InvocationType: 'DryRun' }, { refusal: notFound });
    assert.deepEqual(refused.result, { kind: 'failed', error: notFound });
  });

  test('the client context is decoded', async () => {
    const context = '{"custom":{"a":"b"}}';
    const { request } = await invoke({ ClientContext: Buffer.from(context).toString('base64') });
    assert.equal(request?.clientContext, context);
  });

  const invalidContext = 'Client context must be a valid Base64-encoded JSON object.';
  for (const [what, value] of [
    ['no base64', '{"a":1}'],
    ['no JSON', Buffer.from('hello').toString('base64')],
    ['a JSON array', Buffer.from('[]').toString('base64')],
    ['null', Buffer.from('null').toString('base64')],
  ] as const) {
    test(`a client context that is ${what} is refused`, () =>
      checkFailure({ ClientContext: value }, 400, 'InvalidRequestContentException', invalidContext));
  }

  test('a client context over 3583 bytes is refused', () =>
    checkFailure(
      { ClientContext: 'a'.repeat(3584) },
      400,
      'InvalidRequestContentException',
      /at most 3583 bytes/,
    ));

  test('a payload that is no JSON is refused in the words of AWS', () =>
    checkFailure(
      { Payload: Buffer.from('n\x87r', 'latin1') },
      400,
      'InvalidRequestContentException',
      'Could not parse request body into json: Could not parse payload into json: Invalid UTF-8 start byte 0x87\n at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: 3]',
    ));

  test('one broken constraint is one validation error', () =>
    checkFailure(
      { InvocationType: 'Sync' },
      400,
      'ValidationException',
      "1 validation error detected: Value 'Sync' at 'invocationType' failed to satisfy constraint: Member must satisfy enum value set: [Event, RequestResponse, DryRun]",
    ));

  test('several broken constraints are counted, the qualifier first', () =>
    checkFailure(
      { FunctionName: 'a b', Qualifier: 'a'.repeat(129), LogType: 'Head' },
      400,
      'ValidationException',
      /^3 validation errors detected: Value 'a{129}' at 'qualifier' .*128; Value 'a b' at 'functionName' .*; Value 'Head' at 'logType' .*: \[None, Tail\]$/,
    ));

  test('a qualifier in the name and another beside it are refused', () =>
    checkFailure(
      { FunctionName: 'orders:1', Qualifier: '2' },
      400,
      'InvalidParameterValueException',
      'The derived qualifier from the function name does not match the specified qualifier.',
    ));

  for (const [member, value] of [
    ['TenantId', 'blue'],
    ['DurableExecutionName', 'run-1'],
  ] as const) {
    test(`${member} ${value} is refused by name`, () => {
      return checkFailure(
        { [member]: value },
        501,
        `UnsupportedByLambdaLens:${member}`,
        new RegExp(`^UnsupportedByLambdaLens: ${member} `),
      );
    });
  }

  test('an event is accepted for later, without a client context and with nothing to answer', async () => {
    const { result, request, accepted, noted } = await invoke(
      { InvocationType: 'Event', Payload: Buffer.from('[1]'), ClientContext: 'e30=', Qualifier: 'live' },
      { headers: { 'x-amzn-trace-id': 'Root=1-2-3' } },
    );
    assert.deepEqual(result, { kind: 'answered', output: { StatusCode: 202 } });
    const payload = Buffer.from('[1]');
    const event = { requestId: 'r-1', functionName: 'orders', qualifier: 'live', payload };
    assert.deepEqual(accepted, [{ ...event, traceHeader: 'Root=1-2-3' }]);
    assert.deepEqual([request, noted], [undefined, []]);
  });

  test('an event for a function that does not exist is refused', async () => {
    const { result, accepted } = await invoke({ InvocationType: 'Event' }, { refusal: notFound });
    assert.deepEqual(result, { kind: 'failed', error: notFound });
    assert.deepEqual(accepted, []);
  });

  test('an event has at most 1 MB', async () => {
    const payload = (bytes: number) => Buffer.from(JSON.stringify('x'.repeat(bytes - 2)));
    const most = await invoke({ InvocationType: 'Event', Payload: payload(1_048_576) });
    assert.equal(most.accepted.length, 1);
    await checkFailure(
      { InvocationType: 'Event', Payload: payload(1_048_577) },
      413,
      'RequestTooLargeException',
      '1048577 byte payload is too large for the Event invocation type (limit 1048576 bytes)',
    );
  });
});
