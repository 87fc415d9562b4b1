// Choosing what to invoke a function with, as a person does.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { copySamples } from '../../../src/scripts/host/copySamples.ts';
import { until } from '../../../src/scripts/host/until.ts';
import {
  keepScreenshot,
  keepScreenshotsOfFailures,
  type OutsideHost,
  startOutsideHost,
} from '../support/outsideHost.ts';

suite('choosing an event', () => {
  let host: OutsideHost;

  suiteSetup(async () => {
    host = await startOutsideHost({ prepareWorkspace: copySamples });
  });
  suiteTeardown(() => host?.stop());
  keepScreenshotsOfFailures(() => host?.workbench);

  const chooseSample = async () => {
    const { workbench } = host;
    await workbench.run('Lambda Lens: Invoke Function');
    await workbench.pick('count-clicks');
    await workbench.pick('A record of a stream');
  };
  const isOffered = (text: string) =>
    host.workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first().waitFor();

  test('the events of the function come first, then the samples of what triggers it', async () => {
    const { workbench } = host;
    await workbench.run('Lambda Lens: Invoke Function');
    await workbench.pick('count-clicks');
    await isOffered('A record of a stream');
    const choices = await workbench.choices();
    const at = (label: string) => choices.findIndex(choice => choice.includes(label));
    assert.ok(at('five-clicks') >= 0 && at('five-clicks') < at('A record of a stream'), choices.join('\n'));
    assert.ok(at('A record of a stream') < at('All sample events'), choices.join('\n'));
    assert.equal(at('.expected'), -1);
    await keepScreenshot(workbench, 'events');
    await workbench.page.keyboard.press('Escape');
  });

  test('a sample is changed before it is sent', async () => {
    const { workbench } = host;
    await chooseSample();
    await isOffered('partitionKey');
    await keepScreenshot(workbench, 'sample');
    await workbench.pick('data');
    const input = workbench.page.locator('.quick-input-widget input[type=text]');
    await until('the input', async () => (await input.inputValue()).includes('order'));
    await input.fill('{"page":"/picked","visitor":"eve"}');
    await workbench.page.keyboard.press('Enter');
    await isOffered('/picked');
    await workbench.pick('Invoke');
    await workbench.page.locator('.statusbar-item', { hasText: 'count-clicks:' }).waitFor();
    const payload = workbench.page.locator('.monaco-editor .view-lines', { hasText: '/picked' });
    await payload.first().waitFor();
  });

  test('a sample is saved to be edited, with the names that the template has', async () => {
    const { workbench, workspace } = host;
    await chooseSample();
    await workbench.pick('Save as Event and Edit');
    const input = workbench.page.locator('.quick-input-widget input[type=text]');
    await until('the suggestion', async () => (await input.inputValue()) === 'kinesis-record');
    await workbench.page.keyboard.press('Enter');
    await workbench.page.getByRole('tab', { name: /kinesis-record\.json/ }).waitFor();
    const file = join(workspace, '.lambda-lens', 'events', 'count-clicks', 'kinesis-record.json');
    const [record] = JSON.parse(await readFile(file, 'utf8')).Records;
    assert.match(record.eventSourceARN, /:stream\/clicks$/);
  });
});
