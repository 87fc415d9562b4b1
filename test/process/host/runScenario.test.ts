// The harness for tests inside VS Code, tested on an extension of a few lines.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runScenario, type Scenario } from '../../host/support/runScenario.ts';
import { servedVsCode } from '../../host/support/vscodeUnderTest.ts';

const fixtures = join(import.meta.dirname, '..', '..', 'fixtures', 'host');

const tinyScenario = (name: string): Scenario => ({
  name,
  suites: `test/fixtures/host/suites/${name}.test.ts`,
  extension: join(fixtures, 'tiny-extension'),
  trusted: false,
  prepareWorkspace: folder => writeFile(join(folder, 'prepared.txt'), 'prepared'),
});

suite('a scenario in VS Code', function () {
  // The first one may have to install VS Code and Chromium.
  this.timeout(10 * 60_000);

  test('counts what passed and what failed, and shows why', async () => {
    const { passed, failed, report } = await runScenario(tinyScenario('counted'), servedVsCode);
    assert.deepEqual({ passed, failed }, { passed: 4, failed: 1 }, report);
    assert.match(report, /fails on purpose/);
    assert.doesNotMatch(report, /connection token/);
  });

  test('fails when the extension host dies, although VS Code then ends with code 0', async () => {
    const { passed, failed, report } = await runScenario(tinyScenario('dying'), servedVsCode);
    assert.deepEqual({ passed, failed }, { passed: 0, failed: 1 }, report);
    assert.match(report, /The extension host ended before its tests did/);
  });
});
