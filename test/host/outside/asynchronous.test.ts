import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../../../src/scripts/host/until.ts';
import {
  keepScreenshot,
  keepScreenshotsOfFailures,
  type OutsideHost,
  showFunctions,
  startOutsideHost,
} from '../support/outsideHost.ts';

const template = `Transform: AWS::Serverless-2016-10-31
Resources:
  Dead: { Type: AWS::SQS::Queue, Properties: { QueueName: dead } }
  Failing:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: failing
      Runtime: nodejs24.x
      CodeUri: .
      Handler: app.handler
      DeadLetterQueue: { Type: SQS, TargetArn: !GetAtt Dead.Arn }
      EventInvokeConfig: { MaximumRetryAttempts: 1 }
`;

suite('an asynchronous event in the Invocations view', () => {
  let host: OutsideHost;

  suiteSetup(async () => {
    host = await startOutsideHost({
      async prepareWorkspace(folder) {
        await writeFile(join(folder, 'template.yaml'), template);
        await writeFile(
          join(folder, 'app.js'),
          "exports.handler = async () => { throw new RangeError('no order'); };\n",
        );
      },
      settings: { 'debug.openDebug': 'neverOpen' },
    });
    await showFunctions(host.workbench);
    await host.workbench.page.getByRole('button', { name: 'Invocations Section' }).click();
    // A view renders no more rows than there is room for.
    await host.workbench.page.getByRole('button', { name: 'Functions Section' }).click();
  });
  suiteTeardown(() => host?.stop());
  keepScreenshotsOfFailures(() => host?.workbench);

  const row = (name: RegExp) => host.workbench.treeItem('Invocations', name);
  const rows = () => host.workbench.treeItems('Invocations');

  test('waits for its next attempt, and says for how long', async () => {
    const { workbench } = host;
    await workbench.run('Lambda Lens: Invoke Asynchronously');
    await workbench.pick('failing');
    await workbench.pick('Empty event');
    await row(/^failing, waits \d+ s, 1 attempt/).waitFor();
    await row(/^failing, waits/).click();
    await row(/^failing, Attempt 1 failed with RangeError/).waitFor();
    await keepScreenshot(workbench, 'asynchronous');
  });

  test('is paused with the clock, and goes on with a step to the dead letters', async () => {
    const { workbench } = host;
    await workbench.run('Lambda Lens: Pause the Clock of Waits');
    await row(/^failing, waits \d+ s, paused/).waitFor();
    await workbench.run('Lambda Lens: Step to the Next Deadline');
    await row(/^failing, failed, 2 attempts/).waitFor();
    await row(/Dead-lettered to dead/).waitFor();
    await workbench.run('Lambda Lens: Resume the Clock of Waits');
    await keepScreenshot(workbench, 'dead-letter');
  });

  test('a wait is skipped by the button of its row', async () => {
    const { workbench } = host;
    await workbench.run('Lambda Lens: Invoke Asynchronously');
    await workbench.pick('failing');
    await workbench.pick('Empty event');
    const waiting = row(/^failing, waits \d+ s, 1 attempt/);
    await waiting.waitFor();
    await waiting.hover();
    await waiting.getByRole('button', { name: 'Skip Wait' }).click();
    await until('both events to have failed', async () => {
      const ended = (await rows()).filter(label => /^failing, failed, 2 attempts/.test(label));
      return ended.length === 2;
    });
  });

  test('is run again under the debugger', async () => {
    const { workbench } = host;
    const delivery = row(/Dead-lettered to dead/);
    await delivery.hover();
    await delivery.getByRole('button', { name: 'Debug This Event' }).click();
    await workbench.page.locator('.statusbar-item', { hasText: /failing: .*Failed.*cold start/ }).waitFor();
  });

  test('is a message of the dead-letter queue in the Resources view, which opens', async () => {
    const { workbench } = host;
    await workbench.page.getByRole('button', { name: 'Invocations Section' }).click();
    await workbench.page.getByRole('button', { name: 'Resources Section' }).click();
    const queue = workbench.treeItem('Resources', /^dead, queue, 2 messages/);
    await queue.waitFor();
    await queue.click();
    const [message] = await until('the messages', async () => {
      const labels = await workbench.treeItems('Resources');
      return labels.length === 3 && labels.slice(1);
    });
    assert.match(message ?? '', /no order/);
    await keepScreenshot(workbench, 'resources');
    await workbench
      .treeItem('Resources', /no order/)
      .first()
      .click();
    await workbench.page.locator('.monaco-editor .view-line', { hasText: '{}' }).first().waitFor();
  });
});
