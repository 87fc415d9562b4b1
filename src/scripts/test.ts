// `npm test`: every check that there is, ended by "N passed, N failed" alone on a line.
// `npm test -- unit host` runs the named steps only; `npm test -- unit --grep=word` passes a pattern on.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.ts';
import { runCommand } from './host/runCommand.ts';

const root = join(import.meta.dirname, '..', '..');
const bin = (name: string) => join(root, 'node_modules', '.bin', name);
const patterns = process.argv.slice(2).filter(argument => argument.startsWith('--grep'));
const chosen = process.argv.slice(2).filter(argument => !argument.startsWith('--'));

interface Step {
  readonly name: string;
  /** Naming the step names the build as well. */
  readonly needsBuild?: true;
  readonly run: () => Promise<StepResult>;
}

interface StepResult {
  readonly passed: number;
  readonly failed: number;
  readonly output: string;
}

/** Several times what a step takes; one that waits for something that never comes is ended, and has failed. */
const limitMinutes = 30;

/** Steps of one group run side by side; a group begins when the one before it has ended. */
const groups: readonly (readonly Step[])[] = [
  [
    { name: 'lint', run: () => tool(bin('biome'), ['check', '--error-on-warnings']) },
    { name: 'types', run: () => tool(bin('tsc'), ['--noEmit']) },
  ],
  [
    {
      name: 'structure',
      run: () => tool(bin('depcruise'), ['--config', '.dependency-cruiser.cjs', 'src', 'test']),
    },
    { name: 'unused', run: () => tool(bin('knip'), []) },
  ],
  [{ name: 'build', run: buildBundles }],
  [
    { name: 'unit', run: () => mocha('test/unit/**/*.test.ts') },
    { name: 'grammar', run: () => tool(bin('vscode-tmgrammar-test'), ['test/unit/syntaxes/*.log']) },
  ],
  [{ name: 'repo', needsBuild: true, run: () => mocha('test/repo/**/*.test.ts', '60000') }],
  [{ name: 'process', needsBuild: true, run: () => mocha('test/process/**/*.test.ts', '60000') }],
  [
    {
      name: 'host',
      needsBuild: true,
      run: () => counted(process.execPath, ['test/host/run.ts', ...patterns]),
    },
  ],
];

const unknown = chosen.filter(name => !groups.flat().some(step => step.name === name));
if (unknown.length > 0) {
  console.error(
    `No such step: ${unknown.join(', ')}. Steps: ${groups
      .flat()
      .map(step => step.name)
      .join(', ')}.`,
  );
  process.exit(2);
}

if (groups.flat().some(step => step.needsBuild && chosen.includes(step.name))) chosen.push('build');

let passed = 0;
let failed = 0;
for (const group of groups) {
  const steps = group.filter(step => chosen.length === 0 || chosen.includes(step.name));
  await Promise.all(
    steps.map(async step => {
      const started = performance.now();
      const result = await step.run();
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      console.log(`\n== ${step.name}: ${result.passed} passed, ${result.failed} failed (${seconds} s)`);
      if (result.output.trim() !== '') console.log(result.output.trimEnd());
      passed += result.passed;
      failed += result.failed;
    }),
  );
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** A tool that says yes or no counts as one check; what it prints is shown when it says no. */
async function tool(command: string, args: readonly string[]): Promise<StepResult> {
  const { code, output } = await runCommand(command, args, { cwd: root });
  return code === 0 ? { passed: 1, failed: 0, output: '' } : { passed: 0, failed: 1, output };
}

async function buildBundles(): Promise<StepResult> {
  try {
    await build({ production: true });
    return { passed: 1, failed: 0, output: '' };
  } catch (error) {
    return { passed: 0, failed: 1, output: String(error) };
  }
}

function mocha(files: string, timeout = '5000'): Promise<StepResult> {
  return counted(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    join(root, 'node_modules', 'mocha', 'bin', 'mocha.js'),
    '--timeout',
    timeout,
    '--reporter',
    join(root, 'test', 'support', 'countingReporter.cjs'),
    '--require',
    join(root, 'test', 'support', 'endOfRun.cjs'),
    ...patterns,
    files,
  ]);
}

/** Runs something whose tests are counted by test/support/countingReporter.cjs. */
async function counted(command: string, args: readonly string[]): Promise<StepResult> {
  const folder = await mkdtemp(join(tmpdir(), 'lambda-lens-counts-'));
  const file = join(folder, 'counts.json');
  try {
    const { code } = await runCommand(command, args, {
      cwd: root,
      env: { ...process.env, LAMBDA_LENS_TEST_COUNTS: file },
      limit: limitMinutes * 60_000,
      echo: true,
    });
    const counts = JSON.parse(await readFile(file, 'utf8').catch(() => '{"passed":0,"failed":0}')) as {
      passed: number;
      failed: number;
    };
    const diedSilently = (code !== 0 || counts.passed === 0) && counts.failed === 0;
    return { passed: counts.passed, failed: counts.failed + (diedSilently ? 1 : 0), output: '' };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
