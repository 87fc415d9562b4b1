// Handlers to measure with: what people write, repeated until it is as long as the worst that they have.
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const head = `import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

const table = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const queue = new SQSClient({});
const TableName = process.env.TABLE ?? 'things';
let settings: Record<string, string> | undefined;
`;

/** What one route needs; about 20 lines. */
function route(index: number): string {
  return `
interface Thing${index} {
  readonly id: string;
  readonly amount: number;
  readonly tags?: readonly string[];
}

async function create${index}(event: APIGatewayProxyEventV2) {
  const thing = parse${index}(event.body);
  if (!thing) return reply(400, { message: 'That is no thing' });
  settings ??= await loadSettings();
  const total = [thing.amount, 1, 2].map(each => each * 2).reduce((sum, each) => sum + each, 0);
  await table.send(new PutCommand({ TableName, Item: { ...thing, total } }));
  for (const tag of thing.tags ?? []) {
    await queue.send(new SendMessageCommand({ QueueUrl: settings.queue, MessageBody: JSON.stringify({ tag }) }));
  }
  return reply(201, { id: thing.id, total });
}

function parse${index}(body: string | undefined): Thing${index} | undefined {
  const { id, amount, tags } = JSON.parse(body ?? '{}') as Partial<Thing${index}>;
  return id !== undefined && amount !== undefined ? { id, amount, ...(tags && { tags }) } : undefined;
}
`;
}

/** An API's handler of about so many lines. */
export function longHandler(lines: number): string {
  const routes = Array.from({ length: Math.round((lines - 34) / 25) }, (_, index) => index);
  return `${head}
export const handler = async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
  switch (event.routeKey) {
${routes.map(index => `    case 'POST /things${index}':\n      return create${index}(event);`).join('\n')}
    default:
      return reply(404, { message: 'No such route' });
  }
};

async function loadSettings() {
  const { Item } = await table.send(new GetCommand({ TableName, Key: { id: 'settings' } }));
  return (Item ?? {}) as Record<string, string>;
}

function reply(statusCode: number, body: unknown): APIGatewayProxyStructuredResultV2 {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
${routes.map(route).join('')}`;
}

/** Where `longHandler` is typed into: in the middle of its text, inside of a string. */
export const typedBefore = ' is no thing';

/** The text after so many keys. */
export function typed(text: string, keys: number): string {
  const at = text.indexOf(typedBefore, text.length / 2);
  return `${text.slice(0, at)}${'x'.repeat(keys)}${text.slice(at)}`;
}

export const workspaceHandlers = 300;
const librariesPerWorkspace = 30;

/**
 * A workspace of handlers of about a hundred lines that share libraries. Returns the paths of the handlers.
 * @param modules the node_modules that it has
 */
export async function writeHandlers(folder: string, modules: string): Promise<readonly string[]> {
  await mkdir(join(folder, 'lib'), { recursive: true });
  await mkdir(join(folder, 'src'));
  await symlink(modules, join(folder, 'node_modules'), 'junction');
  for (let index = 0; index < librariesPerWorkspace; index += 1)
    await writeFile(join(folder, 'lib', `library${index}.ts`), library(index));
  const paths: string[] = [];
  for (let index = 0; index < workspaceHandlers; index += 1) {
    const path = join(folder, 'src', `handler${index}.ts`);
    const used = [index % librariesPerWorkspace, (index * 7 + 1) % librariesPerWorkspace];
    const imports = used.map(
      (each, place) =>
        `import { check as check${place}, load as load${place} } from '../lib/library${each}';`,
    );
    const own = longHandler(100).replace(
      'switch (event.routeKey) {',
      'check0(await load1());\n  check1(await load0());\n  switch (event.routeKey) {',
    );
    await writeFile(path, `${imports.join('\n')}\n${own}`);
    paths.push(path);
  }
  return paths;
}

function library(index: number): string {
  const next =
    index + 1 < librariesPerWorkspace ? `import { check as further } from './library${index + 1}';` : '';
  return `import { S3Client, GetObjectCommand } from '@aws-sdk/client-s3';
${next}
const s3 = new S3Client({});
let loaded: Promise<string> | undefined;

export function load(): Promise<string> {
  loaded ??= s3
    .send(new GetObjectCommand({ Bucket: 'config', Key: 'library${index}' }))
    .then(({ Body }) => Body?.transformToString() ?? '');
  return loaded;
}

export function check(text: string): readonly string[] {
  const words = text.split(' ').filter(word => word.length > ${index});
  return ${next ? 'further(words.join())' : 'words'};
}
`;
}
