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

suite('fetch-without-timeout and other clients', () => {
  reports(
    'requests of axios and node-fetch are reported as well',
    `
// template: handler
import axios, { post } from 'axios';
import get from 'node-fetch';
import { request } from 'undici';
const url = 'https://example.com';
const api = axios.create({ baseURL: url });
export const handler = async event => {
  await axios.get(url, { params: event });
//      ^ Pass timeout: ...
  await axios({ url, method: 'post' });
//      ^ Pass timeout: ...
  await post(url, event);
//      ^ Pass timeout: ...
  await get(url);
//      ^ Pass signal: AbortSignal.timeout(...)
  await axios.get(url, { timeout: 1000 });
  await axios.post(url, event, { signal: event.signal });
  await axios.get(url, event.options);
  await axios.create({ timeout: 500 }).get(url);
  await api.get('/items');
//      ^ Pass timeout: ...
  await api.get('/items', { timeout: 1000 });
  await request(url);
//      ^ Pass signal
  await request(url, { headersTimeout: 1000 });
};`,
  );

  reports(
    'requests of got and of Node.js itself too',
    `
// template: handler
import https from 'node:https';
import got from 'got';
export const handler = async event => {
  await got('https://example.com');
//      ^ Pass timeout
  await got({ url: event.url, timeout: { request: 1000 } });
  await new Promise(resolve => https.get('https://example.com', resolve));
  //                           ^ Pass timeout
  await new Promise(resolve => https.request({ host: 'example.com', timeout: 500 }, resolve).end());
};`,
  );

  reports(
    'an axios whose defaults are set is not',
    `
// template: handler
import axios from 'axios';
axios.defaults.timeout = 1000;
export const handler = async () => axios.get('https://example.com');`,
  );

  reports(
    'the timeout of the function is told where the template has it',
    `
# @file template.yaml
Transform: AWS::Serverless-2016-10-31
Resources:
  A: { Type: AWS::Serverless::Function, Properties: { Runtime: nodejs24.x, CodeUri: ., Handler: index.handler, Timeout: 7 } }
// @file index.js
exports.handler = async () => fetch('https://example.com');
//                            ^ shorter than the timeout of the function of 7 s`,
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
