// Two folders in one window, each with a function of the same name.
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../../../src/scripts/host/until.ts';
import { keepScreenshotsOfFailures, type OutsideHost, startOutsideHost } from '../support/outsideHost.ts';

const template = `Resources:
  Same:
    Type: AWS::Serverless::Function
    Properties: { FunctionName: same, Runtime: nodejs24.x, Handler: app.handler, CodeUri: . }
`;

suite('events in a workspace of several folders', () => {
  let host: OutsideHost;

  suiteSetup(async () => {
    host = await startOutsideHost({
      workspaceFile: 'both.code-workspace',
      prepareWorkspace: async folder => {
        for (const name of ['first', 'second']) {
          const events = join(folder, name, '.lambda-lens', 'events', 'same');
          await mkdir(events, { recursive: true });
          await writeFile(join(folder, name, 'template.yaml'), template);
          await writeFile(join(folder, name, 'app.js'), `exports.handler = async e => ['${name}', e];\n`);
          await writeFile(join(events, `of-${name}.json`), `"event of ${name}"`);
        }
        const folders = [{ path: 'first' }, { path: 'second' }];
        await writeFile(join(folder, 'both.code-workspace'), JSON.stringify({ folders }));
      },
    });
  });
  suiteTeardown(() => host?.stop());
  keepScreenshotsOfFailures(() => host?.workbench);

  for (const name of ['first', 'second']) {
    test(`those of the ${name} folder are offered for its function, and sent to it`, async () => {
      const { workbench } = host;
      const rows = workbench.page.locator('.quick-input-list .monaco-list-row');
      await workbench.run('Lambda Lens: Invoke Function');
      await rows
        .filter({ hasText: `${name} · app.handler` })
        .first()
        .waitFor();
      await workbench.pick(`${name} · app.handler`);
      await rows
        .filter({ hasText: `of-${name}` })
        .first()
        .waitFor();
      const choices = await workbench.choices();
      assert.equal(choices.filter(choice => choice.includes('of-')).length, 1, choices.join('\n'));
      await workbench.page.keyboard.type(`of-${name}`);
      await workbench.page.keyboard.press('Enter');
      await until('the result', async () => {
        const shown = await workbench.page.locator('.monaco-editor .view-lines').allInnerTexts();
        return shown.some(text => text.replaceAll('\u00a0', ' ').includes(`"event of ${name}"`));
      });
    });
  }
});
