import { frontDoorResponse } from '../../../../src/analyzer/rules/front-door-response.ts';
import { check } from './check.ts';

const reports = (name: string, text: string) => test(name, () => check(frontDoorResponse, text));

suite('front-door-response reports', () => {
  reports(
    'a body that is no text, wherever the handler returns it',
    `
// template: handler
export const handler = async event => {
  if (!event.body) return { statusCode: 400, body: { message: 'no body' } };
  //                                               ^^^^^^^^^^^^^^^^^^^^^^^^ must be a text: a REST API answers 502 to an object
  return { body: [1] as unknown, statusCode: 200 };
  //             ^ an array
};`,
  );

  reports(
    'a status that is a word, and headers that are no texts',
    `
// template: handler
exports.handler = async () => ({
  statusCode: 'OK',
  //          ^ must be a number
  headers: { 'x-a': ['1'], 'x-b': 'text' },
  //                ^ a header must be a text
  body: '',
});`,
  );
});

suite('front-door-response is silent about', () => {
  reports(
    'texts, and what may be one',
    `
// template: handler
export const handler = async event => {
  const body = event.body;
  if (event.a) return { statusCode: 200, body };
  if (event.b) return { statusCode: '204', body: JSON.stringify({ a: 1 }), multiValueHeaders: { a: ['1'] } };
  if (event.c) return { statusCode: event.status, headers: { ...event.headers }, body: text({}) };
  return { statusCode: 200, body: {}, ...event.response };
};
const text = value => String(value);`,
  );

  reports(
    'answers without a status code, and what other functions return',
    `
// template: handler
export const handler = async () => ({ body: { a: respond() } });
const respond = () => ({ statusCode: 200, body: {} });`,
  );

  reports(
    'what middleware may turn into a text',
    `
import middy from '@middy/core';
import serializer from '@middy/http-response-serializer';
export const handler = middy(async () => ({ statusCode: 200, body: {} })).use(serializer());`,
  );

  reports(
    "what a wrapper of one's own takes",
    `
// template: handler
const json = run => async event => {
  const { statusCode, body } = await run(event);
  return { statusCode, body: JSON.stringify(body) };
};
export const handler = json(async () => ({ statusCode: 200, body: {} }));`,
  );
});
