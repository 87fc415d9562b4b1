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

suite('front-door-response and REST APIs', () => {
  reports(
    'results without a status code, and with properties that a REST API does not know, are reported',
    `
import type { APIGatewayProxyHandler } from 'aws-lambda';
export const handler: APIGatewayProxyHandler = async event => {
  if (event.body) return { message: 'Hello' };
  //                     ^ a result without statusCode
  if (event.path) return 'Hello';
  //                     ^ a result without statusCode
  return { statusCode: 200, body: '', data: {} };
  //                                  ^ a result with data
};`,
  );

  reports(
    'the template tells which front door it is',
    `
# @file template.yaml
Transform: AWS::Serverless-2016-10-31
Globals: { Function: { Runtime: nodejs24.x, CodeUri: . } }
Resources:
  Rest:
    Type: AWS::Serverless::Function
    Properties: { Handler: index.rest, Events: { A: { Type: Api, Properties: { Method: GET, Path: / } } } }
  Http:
    Type: AWS::Serverless::Function
    Properties: { Handler: index.http, Events: { A: { Type: HttpApi, Properties: { Method: GET, Path: / } } } }
// @file index.js
exports.rest = async () => ({ ok: true });
//                          ^ a result without statusCode
exports.http = async () => ({ ok: true });`,
  );

  reports(
    'results that may have one, and those of other functions, are not',
    `
import type { APIGatewayProxyHandler, APIGatewayProxyHandlerV2 } from 'aws-lambda';
import { reply } from './reply';
export const handler: APIGatewayProxyHandler = async event => {
  if (event.body) return { ...reply };
  if (event.path) return reply;
  const inner = () => ({ any: 1 });
  return { statusCode: 200, headers: { a: inner().any }, body: '' };
};
export const second: APIGatewayProxyHandlerV2 = async () => ({ message: 'Hello' });
// @file reply.ts
export const reply = { statusCode: 200, body: '' };`,
  );
});

suite('front-door-response and helpers', () => {
  reports(
    'a response that a function of the project makes is reported there, once',
    `
// template: handler
import { reply } from './reply';
export const handler = async event => {
  const response = { statusCode: 200, body: { id: event.id } };
  //                                        ^ must be a text
  if (event.id) return response;
  const later = { statusCode: 200, body: {} };
  later.body = JSON.stringify(later.body);
  if (event.later) return later;
  if (event.all) return reply(null);
  return reply(event);
};
// @file reply.ts
export const reply = data => ({ statusCode: 200, body: { data } });
//                                                     ^ must be a text`,
  );
});
