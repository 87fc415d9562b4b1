// A page in a real browser that calls an API of another origin.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../../../src/scripts/host/chromium.ts';
import { anApi, aRoute } from '../../support/frontdoors/samples.ts';
import { removeDist } from '../runtime/support.ts';
import { type OpenDoors, withDoors } from './support.ts';

const png = [137, 80, 78, 71, 13, 10, 26, 10, 0, 255];
const handler = `export const handler = async (event: { routeKey: string; cookies?: string[]; headers: Record<string, string> }) => {
  switch (event.routeKey) {
    case 'PUT /orders/{orderId}': return {
      statusCode: 200,
      headers: { 'x-total': '3' },
      cookies: ['session=abc; Path=/; HttpOnly'],
      body: event.headers['x-custom'],
    };
    case 'GET /cookies': return event.cookies ?? [];
    case 'GET /old': return { statusCode: 301, headers: { location: '/new' } };
    case 'GET /new': return '<title>Arrived</title>';
    case 'GET /file': return {
      statusCode: 200,
      headers: { 'content-type': 'application/octet-stream', 'content-disposition': 'attachment; filename=a.png' },
      body: Buffer.from(${JSON.stringify(png)}).toString('base64'),
      isBase64Encoded: true,
    };
    default: return { statusCode: 500 };
  }
};`;
const routes = ['PUT /orders/{orderId}', 'GET /cookies', 'GET /old', 'GET /new', 'GET /file'];

interface PageRequest {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly credentials?: 'include';
}

suite('a page in a browser', () => {
  let browser: Browser;
  let site: Server;
  let origin: string;

  suiteSetup(async () => {
    browser = await launchChromium();
    site = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end('<!doctype html><title>Shop</title>');
    });
    await new Promise<void>(resolve => {
      site.listen(0, '127.0.0.1', resolve);
    });
    origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  });
  suiteTeardown(async () => {
    await browser?.close();
    site?.closeAllConnections();
    await new Promise(resolve => site?.close(resolve));
    await removeDist();
  });

  const withPage = (
    allowOrigins: () => readonly string[],
    test: (page: Page, open: OpenDoors) => Promise<void>,
  ) =>
    withDoors(
      [{}],
      { 'app.ts': handler },
      {
        apis: [
          anApi({
            cors: {
              allowOrigins: allowOrigins(),
              allowMethods: ['GET', 'PUT'],
              allowHeaders: ['x-custom'],
              exposeHeaders: ['x-total'],
              allowCredentials: true,
            },
          }),
        ],
        routes: routes.map(key => aRoute(key)),
      },
      async open => {
        const context = await browser.newContext({ acceptDownloads: true });
        try {
          const page = await context.newPage();
          await page.goto(origin);
          await test(page, open);
        } finally {
          await context.close();
        }
      },
    );

  /** What the page gets; `blocked` where the browser does not let it have the answer. */
  const fetchIn = (page: Page, url: string, init: PageRequest) =>
    page.evaluate(
      async ([address, options]) => {
        try {
          const response = await fetch(address, options);
          return {
            status: response.status,
            total: response.headers.get('x-total'),
            text: await response.text(),
          };
        } catch {
          return 'blocked';
        }
      },
      [url, init] as const,
    );

  test('of an allowed origin may send what the preflight allows, with cookies', () =>
    withPage(
      () => [origin],
      async (page, { at, events }) => {
        const put = { method: 'PUT', headers: { 'x-custom': 'hello' }, credentials: 'include' } as const;
        assert.deepEqual(await fetchIn(page, at('/execute-api/shop/orders/1'), put), {
          status: 200,
          total: '3',
          text: 'hello',
        });
        const methods = events.flatMap(event => (event.type === 'httpRequest' ? [event.method] : []));
        assert.deepEqual(methods, ['OPTIONS', 'PUT']);
        const cookies = await fetchIn(page, at('/execute-api/shop/cookies'), { credentials: 'include' });
        assert.deepEqual(cookies, { status: 200, total: null, text: '["session=abc"]' });
        const other = { ...put, headers: { 'x-other': '1' } };
        assert.equal(await fetchIn(page, at('/execute-api/shop/orders/1'), other), 'blocked');
      },
    ));

  test('of another origin is kept out', () =>
    withPage(
      () => ['https://shop.example'],
      async (page, { at, events }) => {
        assert.equal(await fetchIn(page, at('/execute-api/shop/orders/1'), { method: 'PUT' }), 'blocked');
        assert.deepEqual(
          events.flatMap(event => (event.type === 'httpRequest' ? [event.method] : [])),
          ['OPTIONS'],
        );
      },
    ));

  test('follows a redirect within the API, and downloads bytes', () =>
    withPage(
      () => [origin],
      async (page, { at }) => {
        await page.goto(at('/execute-api/shop/old'));
        assert.equal(page.url(), at('/execute-api/shop/new'));
        const downloading = page.waitForEvent('download');
        await page.evaluate(`location.href = ${JSON.stringify(at('/execute-api/shop/file'))}`);
        const download = await downloading;
        assert.equal(download.suggestedFilename(), 'a.png');
        assert.deepEqual([...(await readFile(await download.path()))], png);
      },
    ));
});
