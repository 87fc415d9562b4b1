import { fetchWithoutTimeout } from '../../../../src/analyzer/rules/fetch-without-timeout.ts';
import { check } from './check.ts';

const reports = (name: string, text: string) => test(name, () => check(fetchWithoutTimeout, text));

suite('fetch-without-timeout reports', () => {
  reports(
    'requests without a signal',
    `
// template: handler
export const handler = async event => {
  await fetch('https://example.com');
  //    ^^^^^ Nothing ends this request
  await fetch(\`https://example.com/\${event.id}\`, { method: 'POST' });
  //    ^ Nothing ends this request
  return get(event);
};
const get = event => fetch('https://example.com/' + event.id);
//                   ^ Nothing ends this request`,
  );
});

suite('fetch-without-timeout is silent about', () => {
  reports(
    'requests with a signal, and those that may have one',
    `
// template: handler
export const handler = async (event, request) => {
  await fetch('https://example.com', { signal: AbortSignal.timeout(1000) });
  await fetch('https://example.com', { ...event.options });
  await fetch('https://example.com', event.options);
  await fetch(event.request);
  const { signal } = new AbortController();
  await fetch('https://example.com', { signal });
  await Promise.race([fetch('https://example.com'), event.timeout]);
};`,
  );

  reports(
    'requests of init, and functions of the same name',
    `
// template: handler
import { load } from './load';
const config = await fetch('https://example.com');
export const handler = async () => [config, load()];
// @file load.ts
import fetch from './client';
export const load = () => fetch('https://example.com');
// @file client.ts
export default url => url;`,
  );
});
