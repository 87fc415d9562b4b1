import { lambdaInvokesLambda } from '../../../../src/analyzer/rules/lambda-invokes-lambda.ts';
import { check } from './check.ts';

const reports = (name: string, text: string) => test(name, () => check(lambdaInvokesLambda, text));

suite('lambda-invokes-lambda reports', () => {
  reports(
    'an invocation whose result is waited for, by default or by name',
    `
// template: handler
import { InvokeCommand as Invoke, LambdaClient } from '@aws-sdk/client-lambda';
const lambda = new LambdaClient({});
export const handler = async event => {
  await lambda.send(new Invoke({ FunctionName: 'other' }));
  //                ^^^^^^^^^^ while it waits
  await lambda.send(new Invoke({ FunctionName: 'other', InvocationType: 'RequestResponse' }));
  //                ^ while it waits
};`,
  );
});

suite('lambda-invokes-lambda is silent about', () => {
  reports(
    'other types, those that are not known, and other commands',
    `
// template: handler
import { GetFunctionCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { InvokeCommand as Other } from './commands';
const lambda = new LambdaClient({});
const warm = await lambda.send(new InvokeCommand({ FunctionName: 'warm' }));
export const handler = async event => {
  await lambda.send(new InvokeCommand({ FunctionName: 'other', InvocationType: 'Event' }));
  await lambda.send(new InvokeCommand({ FunctionName: 'other', InvocationType: event.type }));
  await lambda.send(new InvokeCommand({ FunctionName: 'other', ...event }));
  await lambda.send(new InvokeCommand(event));
  await lambda.send(new GetFunctionCommand({ FunctionName: 'other' }));
  return [warm, new Other({ FunctionName: 'other' })];
};
// @file commands.ts
export class InvokeCommand {}`,
  );
});

suite('lambda-invokes-lambda and other ways to invoke', () => {
  reports(
    'methods of clients and inputs that a name stands for are seen as well',
    `
// template: handler
import { InvokeCommand, Lambda, LambdaClient } from '@aws-sdk/client-lambda';
import AWS from 'aws-sdk';
const lambda = new Lambda({});
const client = new LambdaClient({});
const older = new AWS.Lambda();
export const handler = async event => {
  const input = { FunctionName: 'a', InvocationType: 'RequestResponse' };
  await client.send(new InvokeCommand(input));
  //                ^ paid for while it waits
  await lambda.invoke({ FunctionName: 'a' });
//      ^ paid for while it waits
  await older.invoke({ FunctionName: 'a', InvocationType: 'Event' }).promise();
  await lambda.invoke({ FunctionName: 'a', InvocationType: event.type });
};`,
  );
});
