// The same faults on every runtime: what they do to an invocation is the platform's business, and not the runtime's.
import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { chmod, copyFile, mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { FunctionDefinition } from '../../../src/model/functionDefinition.ts';
import { type Clock, systemClock } from '../../../src/shared/clock.ts';
import { isAlive, removeDist, type TestOutcome, type TestRuntime, withRuntime } from './support.ts';

const fixtures = join(import.meta.dirname, '..', '..', 'fixtures', 'runtimes');

interface Kind {
  readonly definition: Partial<FunctionDefinition>;
  /** Of test/fixtures/runtimes; compiled where it is a program in C. */
  readonly source: string;
  /** What is run, where that is not the source. */
  readonly executable?: string;
  /** A command that succeeds where the machine has what this takes. */
  readonly needs: readonly [string, ...string[]];
  /** What a thrown error and one of the initialisation are called, where they have a name of the runtime's. */
  readonly initError: string;
}

const provided = { runtime: 'provided.al2023', handler: 'fn.handler', entryFile: 'bootstrap' };
const kinds: Readonly<Record<string, Kind>> = {
  'Node.js': {
    definition: { runtime: 'nodejs24.x', entryFile: 'app.js' },
    source: 'app.js',
    needs: ['node', '--version'],
    initError: 'Runtime.NoConfig',
  },
  'Node.js with callbacks': {
    definition: { runtime: 'nodejs22.x', entryFile: 'app.js' },
    source: 'app.js',
    needs: ['node', '--version'],
    initError: 'Runtime.NoConfig',
  },
  Python: {
    definition: { runtime: 'python3.13', entryFile: 'app.py' },
    source: 'app.py',
    needs: ['python3', '--version'],
    initError: 'Thrown',
  },
  'a bootstrap in C': {
    definition: provided,
    source: 'bootstrap.c',
    executable: 'bootstrap',
    needs: ['cc', '--version'],
    initError: 'Runtime.NoConfig',
  },
  'a bootstrap in shell': {
    definition: provided,
    source: 'bootstrap.sh',
    executable: 'bootstrap',
    needs: ['curl', '--version'],
    initError: 'Runtime.NoConfig',
  },
};

interface Fault {
  readonly errorType: string;
  readonly message: RegExp;
  /** Whether the process survives. */
  readonly survives?: true;
  readonly timeoutSeconds?: number;
}

const exit = (reason: string): Fault => ({
  errorType: 'Runtime.ExitError',
  message: new RegExp(`^RequestId: [-0-9a-f]{36} Error: ${reason}$`),
});
const timeout: Fault = {
  errorType: 'Sandbox.Timedout',
  message: /^RequestId: [-0-9a-f]{36} Error: Task timed out after 1\.00 seconds$/,
  timeoutSeconds: 1,
};
const faults: Readonly<Record<string, Fault>> = {
  hang: timeout,
  spin: timeout,
  exit0: exit('Runtime exited without providing a reason'),
  exit3: exit('Runtime exited with error: exit status 3'),
  killed: exit('Runtime exited with error: signal: killed'),
  aborted: exit('Runtime exited with error: signal: aborted'),
  memory: exit('Runtime exited with error: signal: killed'),
  throws: { errorType: 'Thrown', message: /^thrown$/, survives: true },
  oversize: {
    errorType: 'Function.ResponseSizeTooLarge',
    message: /^Response payload size exceeded maximum allowed payload size \(6291556 bytes\)\.$/,
    survives: true,
  },
};

/** Faults of the initialisation, and what the first invocation answers; it repeats the initialisation. */
const initFaults: Readonly<Record<string, (kind: Kind) => Fault & { readonly report: RegExp }>> = {
  initExit: () => ({
    ...exit('Runtime exited with error: exit status 2'),
    report: /\tPhase: init\tStatus: error\tError Type: Runtime\.ExitError\n/,
  }),
  initError: ({ initError }) => ({
    errorType: initError,
    message: /^not today$/,
    report: new RegExp(`\\tPhase: init\\tStatus: error\\tError Type: ${initError.replace('.', '\\.')}\\n`),
  }),
  initHang: () => ({
    errorType: 'Sandbox.Timedout',
    message: /Task timed out after 10\.00 seconds$/,
    report: /\tPhase: init\tStatus: timeout\n/,
  }),
};

/** The ten seconds of an initialisation are one. */
const fastClock: Clock = {
  now: systemClock.now,
  monotonic: () => systemClock.monotonic() * 10,
  after: (ms, callback) => systemClock.after(ms / 10, callback),
};

suite('faults of a function', () => {
  suiteTeardown(removeDist);

  for (const [name, kind] of Object.entries(kinds)) {
    const [command, ...args] = kind.needs;
    const isHere = spawnSync(command, args).status === 0;
    if (!isHere) {
      test(`not run with ${name}: ${command} is not on this machine`, () => assert.equal(isHere, false));
      continue;
    }
    const check = (
      more: Partial<FunctionDefinition>,
      run: (runtime: TestRuntime) => Promise<void>,
      clock?: Clock,
    ) => withKind(kind, { memorySizeMb: 256, timeoutSeconds: 10, ...more }, run, clock);

    for (const [step, fault] of Object.entries(faults)) {
      test(`${step} with ${name}`, () =>
        check({ timeoutSeconds: fault.timeoutSeconds ?? 10 }, async ({ invoke, everyGroup, groups }) => {
          const before = await invoke('fn');
          assert.equal(before.payload, 'fine');
          checkError(await invoke('fn', { step }), fault);
          const after = await invoke('fn');
          assert.deepEqual([after.payload, after.environmentId], ['fine', before.environmentId]);
          assert.equal(everyGroup.size, fault.survives ? 1 : 2);
          assert.equal([...everyGroup].filter(group => !groups.has(group)).some(isAlive), false);
        }));
    }

    test(`an answer to the id of no invocation with ${name} is refused`, () =>
      check({}, async ({ invoke }) => assert.equal((await invoke('fn', { step: 'wrongId' })).payload, 400)));

    test(`two answers to an invocation with ${name}: the first one counts`, () =>
      check({}, async ({ invoke }) => {
        assert.equal((await invoke('fn', { step: 'twice' })).payload, 'first');
        assert.equal((await invoke('fn')).payload, 'fine');
      }));

    test(`what ${name} prints is in the log, in its order`, () =>
      check({}, async ({ invoke }) => {
        await invoke('fn');
        const { log } = await invoke('fn', { step: 'prints' });
        assert.match(log, /^START .*\n(.*\n)*?.*to stdout\n(.*\n)*?.*to stderr\n(.*\n)*?END /);
      }));

    for (const [fault, expectedOf] of Object.entries(initFaults)) {
      test(`${fault} with ${name}`, () =>
        check(
          { environment: { FAULT: fault } },
          async ({ invoke, everyGroup }) => {
            const { report, ...expected } = expectedOf(kind);
            const failed = await invoke('fn');
            checkError(failed, expected);
            assert.match(failed.log, report);
            // Once before the invocation, and once within it.
            assert.equal(everyGroup.size, 2);
          },
          fastClock,
        ));
    }
  }
});

function checkError({ payload, functionError }: TestOutcome, { errorType, message }: Fault): void {
  const error = payload as { readonly errorType: string; readonly errorMessage: string };
  assert.deepEqual([functionError, error.errorType], ['Unhandled', errorType]);
  assert.match(error.errorMessage, message);
}

async function withKind(
  { definition, source, executable }: Kind,
  more: Partial<FunctionDefinition>,
  run: (runtime: TestRuntime) => Promise<void>,
  clock?: Clock,
): Promise<void> {
  const text = await readFile(join(fixtures, source), 'utf8');
  await withRuntime(
    [{ handler: 'app.handler', ...definition, ...more }],
    executable === undefined ? { [source]: text } : { 'fn.txt': '' },
    async tested => {
      if (executable !== undefined) {
        const file = join(tested.workspace, executable);
        await copyFile(source.endsWith('.c') ? await compiled(source) : join(fixtures, source), file);
        await chmod(file, 0o755);
      }
      await run(tested);
    },
    {},
    clock,
  );
}

let program: Promise<string> | undefined;

/** Compiled once, and removed with the process. */
function compiled(source: string): Promise<string> {
  program ??= (async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lambda-lens-bootstrap-'));
    process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, 'bootstrap');
    await promisify(execFile)('cc', ['-O1', '-o', file, join(fixtures, source)]);
    return file;
  })();
  return program;
}
