import { handlerNotFound } from '../../../../src/analyzer/rules/handler-not-found.ts';
import { check } from './check.ts';

const reports = (name: string, text: string) => test(name, () => check(handlerNotFound, text));

suite('handler-not-found reports', () => {
  reports(
    'exports and files that do not exist',
    `
# @file template.yaml
Transform: AWS::Serverless-2016-10-31
Globals: { Function: { Runtime: nodejs24.x, CodeUri: . } }
Resources:
  Lost:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handle
      #        ^ index.js does not export handle, but handler: every invocation fails
  Gone:
    Type: AWS::Serverless::Function
    Properties:
      Handler: orders.handler
      #        ^ There is no source file for the handler orders.handler
// @file index.js
exports.handler = async () => {};`,
  );
});

suite('handler-not-found is silent about', () => {
  reports(
    'handlers that exist, may exist, or are not in the project',
    `
# @file template.yaml
Transform: AWS::Serverless-2016-10-31
Globals: { Function: { Runtime: nodejs24.x, CodeUri: . } }
Resources:
  Here: { Type: AWS::Serverless::Function, Properties: { Handler: index.handler } }
  There: { Type: AWS::Serverless::Function, Properties: { Handler: index.again } }
  Made: { Type: AWS::Serverless::Function, Properties: { Handler: built.handler } }
  Later: { Type: AWS::Serverless::Function, Properties: { Handler: dist/later.handler } }
  Stored:
    Type: AWS::Serverless::Function
    Properties: { Handler: other.handler, CodeUri: s3://bucket/code.zip }
// @file index.ts
export const handler = async () => {};
export { handler as again } from './built';
// @file built.js
module.exports = require('make-handlers')();`,
  );
});
