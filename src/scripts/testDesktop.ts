// `npm run test:desktop`: the tests inside VS Code, in the desktop VS Code that `@vscode/test-electron`
// downloads: the oldest that the manifest supports, and the latest. It needs a display and the network.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runScenario } from '../../test/host/support/runScenario.ts';
import { scenarios } from '../../test/host/support/scenarios.ts';
import { downloadedVsCode } from '../../test/host/support/vscodeUnderTest.ts';
import { build } from './build.ts';

const root = join(import.meta.dirname, '..', '..');

const { engines } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
  engines: { vscode: string };
};
await build({ production: true });
let passed = 0;
let failed = 0;
for (const version of [engines.vscode.replace(/^\^/, ''), 'stable']) {
  const vscode = await downloadedVsCode(version);
  for (const scenario of scenarios) {
    const result = await runScenario(scenario, vscode);
    console.log(`\n[VS Code ${version}: ${scenario.name}]\n${result.report.trimEnd()}`);
    passed += result.passed;
    failed += result.failed;
  }
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
