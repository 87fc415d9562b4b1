// Runs in the extension host: mocha over the suites of one scenario.
import { appendFileSync, writeFileSync } from 'node:fs';
import { format } from 'node:util';
import Mocha from 'mocha';
import CountingReporter from '../../support/countingReporter.cjs';

/** A test file and how to load it, which defines its tests. */
export type SuiteFile = readonly [path: string, load: () => Promise<unknown>];

/** Rejects when a test failed. Mocha writes to the file of LAMBDA_LENS_TEST_OUTPUT, where there is one. */
export async function runSuites(files: readonly SuiteFile[]): Promise<void> {
  const mocha = new Mocha({
    ui: 'tdd',
    color: false,
    timeout: 60_000,
    forbidOnly: true,
    forbidPending: true,
    reporter: CountingReporter,
    ...grep(),
  });
  writeReportTo(process.env.LAMBDA_LENS_TEST_OUTPUT);
  for (const [path, load] of files) {
    mocha.suite.emit('pre-require', globalThis, path, mocha);
    await load();
  }
  const failures = await new Promise<number>(resolve => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} tests failed`);
}

function grep(): { readonly grep?: string } {
  const pattern = process.env.LAMBDA_LENS_TEST_GREP;
  return pattern ? { grep: pattern } : {};
}

/** The console of the extension host is shared with everything else that runs in it. */
function writeReportTo(file: string | undefined): void {
  if (!file) return;
  writeFileSync(file, '');
  Mocha.reporters.Base.consoleLog = (...args: unknown[]) => appendFileSync(file, `${format(...args)}\n`);
}
