import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { EngineConnection } from '../client/connection.ts';
import { judge } from '../events/expectation/expectation.ts';
import { updateExpectation } from '../events/expectation/update.ts';
import type { EventSchemas } from '../events/schema/jsonSchema.ts';
import type { Json } from '../model/resource.ts';
import { systemClock } from '../shared/clock.ts';
import { isUserError, UserError } from '../shared/errors.ts';
import { oneOf, parseCommandLine } from './arguments.ts';
import { eventWarnings, readEventSchemas } from './eventWarnings.ts';
import type { CliIo } from './io.ts';
import { findSavedTests, readSavedTest, type SavedTest } from './testFiles.ts';
import { formatTestsJunit } from './testJunit.ts';
import { formatTestsPretty } from './testPretty.ts';
import type { TestOutcome, TestResult } from './testReport.ts';
import { connectToWorkspace, existingFolder } from './workspaceEngine.ts';

const testHelp = `lambda-lens test [options]

Invokes the functions of a workspace folder with their saved events, .lambda-lens/events/<function>/<name>.json,
and compares each result with <name>.expected.json beside it: a result has to contain what is expected, and
matchers such as {"$any": true} stand for what is different every time. docs/testing.md tells more.

  --root <folder>      the workspace folder (default: the current one)
  --function <name>    only the saved events of this function; may be given several times
  --reporter <name>    pretty (default) or junit, on standard output
  --update             write expectations that are not met, or are empty files, anew from the results

Exit codes: 0 all is as expected, 1 something is not, 2 usage or environment, or nothing to test.
`;

const reporters = { pretty: formatTestsPretty, junit: formatTestsJunit } as const;

interface TestOptions {
  readonly root: string;
  readonly functions: readonly string[];
  readonly reporter: keyof typeof reporters;
  readonly update: boolean;
}

/** `lambda-lens test`. Only the report goes to stdout. @throws UserError when there is nothing to test. */
export async function runTest(args: readonly string[], io: CliIo): Promise<number> {
  const options = readOptions(args, io);
  if (options === 'help') {
    io.stdout.write(testHelp);
    return 0;
  }
  const root = await existingFolder(options.root);
  const tests = await chosenTests(root, options, io);
  const schemas = await readEventSchemas(io);
  const connection = await connectToWorkspace(root, io);
  const results: TestResult[] = [];
  try {
    // One after the other: handlers may share a table or a queue.
    for (const test of tests) {
      results.push(await runOne(root, test, { connection, schemas, io, update: options.update }));
    }
  } finally {
    connection.dispose();
  }
  io.stdout.write(reporters[options.reporter](results));
  return results.every(({ outcome }) => outcome.kind === 'passed' || outcome.kind === 'updated') ? 0 : 1;
}

function readOptions(args: readonly string[], io: CliIo): TestOptions | 'help' {
  const { values } = parseCommandLine('test', {
    args: [...args],
    options: {
      root: { type: 'string', default: '.' },
      function: { type: 'string', multiple: true, default: [] },
      reporter: { type: 'string', default: 'pretty' },
      update: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  return {
    root: resolve(io.cwd, values.root),
    functions: values.function,
    reporter: oneOf('reporter', values.reporter, ['pretty', 'junit']),
    update: values.update,
  };
}

async function chosenTests(root: string, options: TestOptions, io: CliIo): Promise<readonly SavedTest[]> {
  const { tests, functions, stray } = await findSavedTests(root);
  for (const file of stray) io.stderr.write(`${file} expects something of an event that is not there.\n`);
  const unknown = options.functions.find(name => !functions.includes(name));
  if (unknown !== undefined) {
    throw new UserError(
      `${unknown} has no saved events in .lambda-lens/events. ${
        functions.length === 0 ? 'No function has any.' : `These have: ${functions.join(', ')}.`
      }`,
    );
  }
  const chosen = tests.filter(
    ({ functionName }) => options.functions.length === 0 || options.functions.includes(functionName),
  );
  if (chosen.length === 0) {
    throw new UserError(
      'There is nothing to test: no saved event has an expected result. Put one beside .lambda-lens/events/<function>/<name>.json as <name>.expected.json.',
    );
  }
  return chosen;
}

interface RunContext {
  readonly connection: EngineConnection;
  readonly schemas: EventSchemas;
  readonly io: CliIo;
  readonly update: boolean;
}

async function runOne(
  root: string,
  test: SavedTest,
  { connection, schemas, io, update }: RunContext,
): Promise<TestResult> {
  const startedAt = systemClock.monotonic();
  let log = '';
  const outcome = await attempt(async () => {
    const { event, expectation } = await readSavedTest(root, test);
    for (const warning of eventWarnings(test.eventFile, JSON.parse(event) as Json, schemas)) {
      io.stderr.write(`${warning}\n`);
    }
    const result = await connection.invoke({ functionName: test.functionName, payload: event });
    log = result.logTail;
    const verdict = judge(expectation, result);
    if (verdict.kind === 'passed' || !update) return verdict;
    await writeFile(join(root, test.expectationFile), updateExpectation(expectation, result));
    return { kind: 'updated' };
  });
  return { test, outcome, log, durationMs: systemClock.monotonic() - startedAt };
}

/** What is wrong with one test does not keep the others from being run. */
async function attempt(run: () => Promise<TestOutcome>): Promise<TestOutcome> {
  try {
    return await run();
  } catch (error) {
    if (isUserError(error)) return { kind: 'broken', message: error.message };
    throw error;
  }
}
