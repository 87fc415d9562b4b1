// The host step of `npm test`: every scenario inside a VS Code, then the tests that look at one from outside.
// `node test/host/run.ts [--grep=word] [scenario ...]`; `outside` names the tests from outside.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect, parseArgs } from 'node:util';
import { ensureChromium } from '../../src/scripts/host/chromium.ts';
import { installCodeServer } from '../../src/scripts/host/codeServer.ts';
import { runCommand } from '../../src/scripts/host/runCommand.ts';
import { isUserError } from '../../src/shared/errors.ts';
import { runScenario, type ScenarioResult } from './support/runScenario.ts';
import { scenarios } from './support/scenarios.ts';
import { servedVsCode } from './support/vscodeUnderTest.ts';

const root = join(import.meta.dirname, '..', '..');

const { values, positionals: chosen } = parseArgs({
  allowPositionals: true,
  options: { grep: { type: 'string', default: '' } },
});
const runs = [
  ...scenarios.map(scenario => ({
    name: scenario.name,
    run: () => runScenario(scenario, vscodeUnderTest(), values.grep),
  })),
  { name: 'outside', run: () => runOutside(values.grep) },
];
const unknown = chosen.filter(name => !runs.some(run => run.name === name));
if (unknown.length > 0) {
  process.stderr.write(
    `No such scenario: ${unknown.join(', ')}. There are: ${runs.map(run => run.name).join(', ')}.\n`,
  );
  process.exit(2);
}

const total = { passed: 0, failed: 0 };
const obstacle = await installWhatIsMissing();
if (obstacle !== undefined) {
  process.stdout.write(`${obstacle}\n`);
  total.failed = 1;
  runs.length = 0;
}
for (const { name, run } of runs.filter(each => chosen.length === 0 || chosen.includes(each.name))) {
  const { passed, failed, report } = await run().catch(error => ({
    passed: 0,
    failed: 1,
    report: isUserError(error) ? error.message : inspect(error),
  }));
  process.stdout.write(`\n[${name}]\n${report.replace(/^\n+/, '').trimEnd()}\n`);
  total.passed += passed;
  total.failed += failed;
}
const counts = process.env.LAMBDA_LENS_TEST_COUNTS;
if (counts) await writeFile(counts, JSON.stringify(total));
process.exitCode = total.failed === 0 ? 0 : 1;

/** Returns the one sentence that says why the tests cannot run, if they cannot. */
async function installWhatIsMissing(): Promise<string | undefined> {
  try {
    await installCodeServer();
    await ensureChromium();
    return undefined;
  } catch (error) {
    if (isUserError(error)) return error.message;
    throw error;
  }
}

/** VSCODE_TEST_EXECUTABLE may name another VS Code than ours. */
function vscodeUnderTest() {
  const executable = process.env.VSCODE_TEST_EXECUTABLE;
  return executable ? { ...servedVsCode, executable } : servedVsCode;
}

/** In plain Node: these start a VS Code each and drive it by its page. */
async function runOutside(grep: string): Promise<ScenarioResult> {
  const folder = await mkdtemp(join(tmpdir(), 'lambda-lens-counts-'));
  const file = join(folder, 'counts.json');
  try {
    const { output } = await runCommand(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        join(root, 'node_modules', 'mocha', 'bin', 'mocha.js'),
        '--timeout=120000',
        `--reporter=${join(root, 'test', 'support', 'countingReporter.cjs')}`,
        `--require=${join(root, 'test', 'support', 'endOfRun.cjs')}`,
        ...(grep ? [`--grep=${grep}`] : []),
        'test/host/outside/**/*.test.ts',
      ],
      {
        cwd: root,
        env: { ...process.env, LAMBDA_LENS_TEST_COUNTS: file },
        limit: 20 * 60_000,
      },
    );
    const result = JSON.parse(await readFile(file, 'utf8').catch(() => '{"passed":0,"failed":1}'));
    return { ...(result as { passed: number; failed: number }), report: output };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
