import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  keepScreenshot,
  keepScreenshotsOfFailures,
  type OutsideHost,
  showFunctions,
  startOutsideHost,
} from '../support/outsideHost.ts';

const template = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Greeter:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: greeter
      Runtime: nodejs24.x
      CodeUri: .
      Handler: src/greeter.handler
      Events:
        Greet: { Type: HttpApi, Properties: { Path: "/hello/{name}", Method: get } }
        Place: { Type: HttpApi, Properties: { Path: /orders, Method: post } }
`;
const handler = "exports.handler = async event => 'Hello ' + event.pathParameters.name;\n";

suite('the addresses of APIs', () => {
  let host: OutsideHost;

  suiteSetup(async () => {
    host = await startOutsideHost({
      prepareWorkspace: async folder => {
        await mkdir(join(folder, 'src'));
        await writeFile(join(folder, 'template.yaml'), template);
        await writeFile(join(folder, 'src', 'greeter.js'), handler);
      },
    });
    await host.browser.contexts()[0]?.grantPermissions(['clipboard-read', 'clipboard-write']);
    await showFunctions(host.workbench);
  });
  suiteTeardown(() => host?.stop());
  keepScreenshotsOfFailures(() => host?.workbench);

  test('are copied from the tree, which shows them from then on, and answer', async () => {
    const { workbench } = host;
    const { page } = workbench;
    for (const label of [/^Function greeter/, /^Triggers: 2/]) {
      await workbench.treeItem('Functions', label).locator('.monaco-tl-twistie').click();
    }
    const route = workbench.treeItem('Functions', /^Trigger: HTTP API, GET \/hello\/\{name\}/);
    await route.hover();
    await route.getByRole('button', { name: 'Copy URL' }).click();
    await workbench
      .treeItem('Functions', /GET \/hello\/\{name\}, http:\/\/127\.0\.0\.1:\d+\/execute-api\//)
      .waitFor();
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    assert.match(copied, /^http:\/\/.+\/execute-api\/serverlesshttpapi\/hello\/\{name\}$/);
    const label = (await route.getAttribute('aria-label')) ?? '';
    const url = /http:\/\/127\.0\.0\.1:\S+/.exec(label)?.[0] ?? '';
    const answer = await fetch(url.replace('{name}', 'Ann'));
    assert.equal(await answer.text(), 'Hello Ann');
    await keepScreenshot(workbench, 'functions-addresses');
  });

  test('can be opened where a browser can ask for them', async () => {
    const { workbench } = host;
    const post = workbench.treeItem('Functions', /^Trigger: HTTP API, POST \/orders/);
    await post.hover();
    await post.getByRole('button', { name: 'Copy URL' }).waitFor();
    assert.equal(await post.getByRole('button', { name: 'Open in Browser' }).count(), 0);
    const route = workbench.treeItem('Functions', /^Trigger: HTTP API, GET \/hello/);
    await route.hover();
    await route.getByRole('button', { name: 'Open in Browser' }).click();
    await workbench.page.getByText('The path parameter name').waitFor();
    await workbench.page.keyboard.press('Escape');
  });
});
