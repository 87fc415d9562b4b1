import { clientPerInvocation } from '../../../../src/analyzer/rules/client-per-invocation.ts';
import { check } from './check.ts';

const reports = (name: string, text: string) => test(name, () => check(clientPerInvocation, text));

suite('client-per-invocation reports', () => {
  reports(
    'a client built in the handler',
    `
// template: handler
import { S3Client } from '@aws-sdk/client-s3';
export const handler = async () => {
  const s3 = new S3Client({});
  //         ^^^^^^^^^^^^^^^^ S3Client is built on every invocation
  return s3.config;
};`,
  );

  reports(
    'a client that a function of another file builds',
    `
// template: handler
import { save } from './store';
export const handler = async event => save(event);
// @file store.ts
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
export async function save(item) {
  const table = process.env.TABLE;
  const client = new DynamoDBClient({ region: table });
  //             ^ DynamoDBClient is built
  return client.config;
}`,
  );

  reports(
    'a connection, and a client of version 2',
    `
// template: handler
const AWS = require('aws-sdk');
const mysql = require('mysql2/promise');
exports.handler = async () => {
  const s3 = new AWS.S3();
  //         ^ AWS.S3 is built
  const connection = await mysql.createConnection({ host: process.env.HOST });
  //                       ^ mysql.createConnection opens a connection
};`,
  );

  reports(
    'what a function makes that init calls as well',
    `
// template: handler
import { S3Client } from '@aws-sdk/client-s3';
const create = () => new S3Client({});
//                   ^ S3Client
const first = create();
export const handler = async () => create().config;`,
  );
});

suite('client-per-invocation is silent about', () => {
  reports(
    'a client that init builds, and invocations at most once',
    `
// template: handler
import { S3Client } from '@aws-sdk/client-s3';
class Files {
  static shared = new Files();
  client = new S3Client({});
}
let files: Files | undefined;
export const handler = async () => {
  files ??= new Files();
  return files.client.config ?? Files.shared;
};`,
  );

  reports(
    'a client built at init',
    `
// template: handler
import { S3Client } from '@aws-sdk/client-s3';
const s3 = new S3Client({});
export const handler = async () => s3.config;`,
  );

  reports(
    'a client built on first use',
    `
// template: handler
import { S3Client } from '@aws-sdk/client-s3';
let s3;
export const handler = async () => {
  s3 ??= new S3Client({});
};`,
  );

  reports(
    'a client that depends on who calls',
    `
// template: handler
import { S3Client } from '@aws-sdk/client-s3';
export const handler = async event => {
  const region = event.region;
  const options = { region };
  const s3 = new S3Client(options);
  const other = for_(event.tenant);
};
const for_ = tenant => new S3Client({ credentials: tenant.credentials });
export const destructured = ({ region }) => new S3Client({ region });`,
  );

  reports(
    'a client that is kept in a cache whose entries expire',
    `
// template: handler
import { S3Client } from '@aws-sdk/client-s3';
let cached;
const clients = new Map();
const create = () => new S3Client({});
export const handler = async event => {
  if (!cached || cached.expires < Date.now()) cached = { client: new S3Client({}), expires: Date.now() + 1 };
  const client = new S3Client({});
  clients.set(event.tenant, client);
  if (event.renew) cached = create();
};`,
  );

  reports(
    'a command, an exception and what is not from the SDK',
    `
// template: handler
import { GetObjectCommand, NoSuchKeyException } from '@aws-sdk/client-s3';
class S3Client {}
export const handler = async () => [new GetObjectCommand({}), new NoSuchKeyException({}), new S3Client()];`,
  );

  reports(
    'code that no handler reaches',
    `
import { S3Client } from '@aws-sdk/client-s3';
export const build = () => new S3Client({});`,
  );
});

suite('client-per-invocation and other packages', () => {
  reports(
    'clients of other services are reported, and a connection that is looked at first is not',
    `
// template: handler
import mongoose from 'mongoose';
import OpenAI from 'openai';
import Stripe from 'stripe';
export const handler = async event => {
  if (mongoose.connection.readyState === 0) await mongoose.connect('mongodb://db/shop');
  const stripe = new Stripe('key');
  //             ^ Stripe is built on every invocation
  return [stripe, new OpenAI(), event];
  //              ^ OpenAI is built on every invocation
};`,
  );
});
