import { endOfLifeRuntime } from '../../../../src/analyzer/rules/end-of-life-runtime.ts';
import { check } from './check.ts';

const reports = (name: string, text: string) => test(name, () => check(endOfLifeRuntime, text));

suite('end-of-life-runtime reports', () => {
  reports(
    'runtimes without updates, once where functions share the line',
    `
# @file template.yaml
Transform: AWS::Serverless-2016-10-31
Globals:
  Function: { Runtime: nodejs18.x, CodeUri: . }
  #                    ^ nodejs18.x has had no security updates since September 2025
Resources:
  One: { Type: AWS::Serverless::Function, Properties: { Handler: index.one } }
  Two: { Type: AWS::Serverless::Function, Properties: { Handler: index.two } }
  Three:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.two
      Runtime: nodejs20.x
      #        ^ Take nodejs24.x
// @file index.js
exports.one = async () => {};
exports.two = async () => {};`,
  );
});

suite('end-of-life-runtime is silent about', () => {
  reports(
    'runtimes that are supported',
    `
# @file template.yaml
Transform: AWS::Serverless-2016-10-31
Globals: { Function: { CodeUri: ., Handler: index.handler } }
Resources:
  A: { Type: AWS::Serverless::Function, Properties: { Runtime: nodejs24.x } }
  B: { Type: AWS::Serverless::Function, Properties: { Runtime: nodejs22.x } }
  C: { Type: AWS::Serverless::Function, Properties: { Runtime: provided.al2023, Handler: bootstrap } }
// @file index.js
exports.handler = async () => {};`,
  );
});
