import assert from 'node:assert/strict';
import { callbackHandler } from '../../../../src/analyzer/rules/callback-handler.ts';
import { check, findingsIn } from './check.ts';

const reports = (name: string, text: string) => test(name, () => check(callbackHandler, text));

suite('callback-handler reports', () => {
  reports(
    'a callback, whatever the runtime',
    `
// template: handler
exports.handler = (event, context, callback) => callback(null, event);
//                                 ^^^^^^^^ do not start on Node.js 24 and later`,
  );

  reports(
    'a callback of Node.js 24, in the file that has the function',
    `
// template: run nodejs24.x
export { handler as run } from './orders';
// @file orders.ts
export function handler(this: unknown, event, context, done) { done(null, event); }
//                                                     ^ does not start on nodejs24.x`,
  );

  reports(
    'what ends an invocation by the context',
    `
// template: handler nodejs24.x
exports.handler = function (event, context) {
    context.callbackWaitsForEmptyEventLoop = false;
//  ^ has no effect on nodejs24.x
    context.succeed(event);
//  ^ context.succeed does not exist on nodejs24.x
};`,
  );

  for (const [runtime, severity] of [
    ['nodejs22.x', 'warning'],
    ['nodejs24.x', 'error'],
    ['nodejs26.x', 'error'],
  ]) {
    test(`as ${severity} on ${runtime}`, () => {
      const text = `// template: handler ${runtime}\nexports.handler = (event, context, callback) => callback();`;
      const [finding] = findingsIn(text, [callbackHandler]).get('/app/handler.ts') ?? [];
      assert.equal(finding?.severity, severity);
    });
  }
});

suite('callback-handler is silent about', () => {
  reports(
    'handlers of two parameters, and what does not count as a third',
    `
// template: handler nodejs24.x
export const handler = async (event, context, callback = undefined) => event;
export const other = async (event, context, ...rest) => event;`,
  );

  reports(
    'handlers that stream, and those that a package wraps',
    `
import middy from '@middy/core';
export const stream = awslambda.streamifyResponse(async (event, stream, context) => { stream.end(); });
export const handler = middy(async (event, context, extra) => event);`,
  );

  reports(
    'methods of the same names of something else',
    `
// template: handler nodejs24.x
export const handler = async (event, { awsRequestId }) => {
  const context = event.test;
  context.done();
  event.succeed();
  other(event, { done() {} });
};
const other = (event, context) => context.done();`,
  );

  reports(
    'callbackWaitsForEmptyEventLoop where it has an effect',
    `
// template: handler nodejs22.x
exports.handler = (event, context) => { context.callbackWaitsForEmptyEventLoop = false; };`,
  );
});
