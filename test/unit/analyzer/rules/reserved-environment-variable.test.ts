import { reservedEnvironmentVariable } from '../../../../src/analyzer/rules/reserved-environment-variable.ts';
import { check } from './check.ts';

const reports = (name: string, text: string) => test(name, () => check(reservedEnvironmentVariable, text));

suite('reserved-environment-variable reports', () => {
  reports(
    'variables of Lambda that a template sets',
    `
# @file template.yaml
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: .
      Handler: index.handler
      Runtime: nodejs24.x
      Environment:
        Variables:
          AWS_REGION: eu-west-1
          #           ^ refuses a function that sets it
          LAMBDA_TASK_ROOT: /opt
          #                 ^ the deployment fails
          AWS_NODEJS_CONNECTION_REUSE_ENABLED: 1
          AWS_LAMBDA_EXEC_WRAPPER: /opt/wrap
// @file index.js
exports.handler = async () => {};`,
  );

  reports(
    'assignments to them',
    `
// template: handler
{
  process.env.AWS_ACCESS_KEY_ID = process.env.PARTNER_KEY;
//^ AWS_ACCESS_KEY_ID is set by Lambda
}
export const handler = async event => {
  process.env['AWS_REGION'] = event.region;
//^ AWS_REGION is set by Lambda
};`,
  );
});

suite('reserved-environment-variable is silent about', () => {
  reports(
    'other variables, and values that count only where Lambda sets none',
    `
// template: handler
process.env.AWS_REGION ??= 'eu-west-1';
process.env.AWS_REGION ||= 'eu-west-1';
process.env.AWS_DEFAULT_REGION = process.env.AWS_DEFAULT_REGION ?? 'eu-west-1';
process.env.TZ = 'UTC';
const config = { env: {} };
config.env.AWS_REGION = 'eu-west-1';
export const handler = async event => {
  event.env.AWS_REGION = process.env.AWS_REGION;
};`,
  );
});
