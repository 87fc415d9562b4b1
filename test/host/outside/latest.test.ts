// What a save means to the engine that runs: the new $LATEST, or a question.
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InvokeCommand, type LambdaClient, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { runningEngines } from '../../../src/scripts/host/endEngines.ts';
import { until } from '../../../src/scripts/host/until.ts';
import { lambdaClient } from '../../support/engine/lambdaClient.ts';
import { keepScreenshotsOfFailures, type OutsideHost, startOutsideHost } from '../support/outsideHost.ts';

const template = `Resources:
  OrdersFunction:
    Type: AWS::Serverless::Function
    Properties: { FunctionName: orders, Runtime: nodejs24.x, Handler: app.handler, CodeUri: . }
`;
const handler = (word: string) => `export const handler = async (): Promise<string> => '${word}';\n`;

suite('what is saved while an engine runs', () => {
  let host: OutsideHost;
  let client: LambdaClient;

  suiteSetup(async () => {
    host = await startOutsideHost({
      prepareWorkspace: async folder => {
        await mkdir(join(folder, '.lambda-lens', 'events', 'orders'), { recursive: true });
        await writeFile(join(folder, '.lambda-lens', 'events', 'orders', 'order.json'), '{}');
        await writeFile(join(folder, 'template.yaml'), template);
        await writeFile(join(folder, 'app.ts'), handler('one'));
      },
      settings: { 'files.autoSave': 'off', 'editor.autoClosingBrackets': 'never' },
    });
    const { workbench } = host;
    await workbench.run('Lambda Lens: Invoke Function');
    await workbench.pick('orders');
    await workbench.pick('order');
    await workbench.page.locator('.statusbar-item', { hasText: 'orders:' }).waitFor();
    const [engine] = await runningEngines(host.home.env.XDG_STATE_HOME);
    assert.ok(engine);
    client = lambdaClient(engine);
    await workbench.open('app.ts');
  });
  suiteTeardown(async () => {
    client?.destroy();
    await host?.stop();
  });
  keepScreenshotsOfFailures(() => host?.workbench);

  const save = async (text: string) => {
    const { page } = host.workbench;
    await page.locator('.editor-instance .view-lines').first().click();
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText(text);
    await page.keyboard.press('Control+S');
  };
  const answer = async () => {
    const { Payload } = await client.send(new InvokeCommand({ FunctionName: 'orders' }));
    return JSON.parse(Buffer.from(Payload ?? []).toString()) as unknown;
  };
  const problems = () => host.workbench.page.locator('.statusbar-item', { hasText: '$LATEST stays' });
  const button = (name: string) => host.workbench.page.getByRole('button', { name, exact: true });

  test('that does not build is told, and changes nothing until it builds again', async () => {
    await save("export const handler = async () => 'two' +;\n");
    await problems().waitFor();
    assert.match((await problems().textContent()) ?? '', /orders does not build/);
    const marks = host.workbench.page.locator('.statusbar-item#status\\.problems');
    await until('the problem', async () => /[1-9]/.test((await marks.textContent()) ?? ''));
    assert.equal(await answer(), 'one');
    await save(handler('two'));
    await until('no problem', async () => !/[1-9]/.test((await marks.textContent()) ?? ''));
    assert.equal(await answer(), 'two');
  });

  test('after the Lambda API has updated the function is asked about, with two answers', async () => {
    const { workbench } = host;
    const update = (Timeout: number) =>
      client.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'orders', Timeout }));
    await update(7);
    await save(handler('three'));
    await workbench.notification('The Lambda API has updated orders');
    assert.equal(await answer(), 'two');
    await button('API Update').click();
    assert.equal(await answer(), 'two');
    await save(handler('four'));
    await workbench.notification('The Lambda API has updated orders');
    await button('Workspace').click();
    await until('the workspace counts', async () => (await answer()) === 'four');
  });
});
