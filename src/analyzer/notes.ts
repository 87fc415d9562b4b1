import { ts } from 'ts-morph';
import type { FileFacts, ImportedName, Scope } from './phases/model.ts';
import { lookup } from './phases/scopes.ts';
import type { Note } from './protocol.ts';
import { accessedName, loadedSpecifier, unwrap } from './syntax.ts';

/** A place that makes an SDK client or opens a connection. */
export interface Creation {
  readonly node: ts.CallExpression | ts.NewExpression;
  readonly kind: Note['kind'];
  /** For example `S3Client` or `createConnection`. */
  readonly label: string;
}

/** Packages whose objects hold connections, with what makes one there. */
const connections: Readonly<Record<string, RegExp>> = {
  pg: /^(Client|Pool|default)$/,
  'pg-promise': /./,
  postgres: /^default$/,
  mysql: /^create(Connection|Pool)$/,
  mysql2: /^create(Connection|Pool)$/,
  'mysql2/promise': /^create(Connection|Pool)$/,
  'serverless-mysql': /^default$/,
  mongodb: /^MongoClient$|^connect$/,
  mongoose: /^(connect|createConnection)$/,
  redis: /^create(Client|Cluster)$/,
  ioredis: /^(default|Redis|Cluster)$/,
  '@prisma/client': /^PrismaClient$/,
  knex: /^(default|knex)$/,
  sequelize: /^Sequelize$/,
  typeorm: /^(DataSource|createConnection)$/,
  kafkajs: /^Kafka$/,
  nodemailer: /^createTransport$/,
  '@elastic/elasticsearch': /^Client$/,
  '@opensearch-project/opensearch': /^Client$/,
  '@google-cloud/firestore': /^Firestore$/,
  'neo4j-driver': /^driver$/,
  undici: /^(Pool|Client|Agent)$/,
  amqplib: /^connect$/,
};

/** Packages whose objects send requests, and keep connections and what they have negotiated. */
const clients: Readonly<Record<string, RegExp>> = {
  stripe: /^(default|Stripe)$/,
  openai: /^(default|OpenAI)$/,
  '@anthropic-ai/sdk': /^(default|Anthropic)$/,
  '@slack/web-api': /^WebClient$/,
  '@octokit/rest': /^Octokit$/,
  '@notionhq/client': /^Client$/,
  '@google-cloud/storage': /^Storage$/,
  '@google-cloud/pubsub': /^PubSub$/,
  '@google-cloud/bigquery': /^BigQuery$/,
  '@supabase/supabase-js': /^createClient$/,
  algoliasearch: /^(default|algoliasearch)$/,
  twilio: /^(default|Twilio)$/,
};

/** Every client or connection that a file makes. */
export function findCreations(file: FileFacts): readonly Creation[] {
  const creations: Creation[] = [];
  for (const unit of file.units) {
    for (const { node, scope } of unit.calls) {
      if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) continue;
      const made = creation(node, scope, file);
      if (made) creations.push(made);
    }
  }
  return creations.sort((a, b) => a.node.pos - b.node.pos);
}

function creation(
  node: ts.CallExpression | ts.NewExpression,
  scope: Scope,
  file: FileFacts,
): Creation | undefined {
  const callee = unwrap(node.expression);
  const origin = originOf(callee, scope);
  if (!origin) return undefined;
  const { specifier, name } = origin;
  const label = ts.isIdentifier(callee) ? callee.text : callee.getText(file.source);
  if (/^@aws-sdk\/(client|lib)-/.test(specifier)) {
    const isClient =
      ts.isNewExpression(node) && !/(Command|Exception|Upload|Paginator)$/.test(name) && /^[A-Z]/.test(name);
    const isDocumentClient =
      ts.isCallExpression(node) && /DocumentClient\.from$|DynamoDBDocument\.from$/.test(label);
    return isClient || isDocumentClient ? { node, kind: 'client', label } : undefined;
  }
  if (specifier === 'aws-sdk' || specifier.startsWith('aws-sdk/')) {
    const isClient = ts.isNewExpression(node) && !/^(Config|Credentials|Endpoint|Request)$/.test(name);
    return isClient ? { node, kind: 'client', label } : undefined;
  }
  if (clients[specifier]?.test(name)) return { node, kind: 'client', label };
  return connections[specifier]?.test(name) ? { node, kind: 'connection', label } : undefined;
}

/** The package that a callee comes from, and the exported name: `AWS.S3` is `S3` of `aws-sdk`. */
export function originOf(callee: ts.Node, scope: Scope): ImportedName | undefined {
  const name = accessedName(callee);
  if (name !== undefined) {
    const object = originOf(unwrap((callee as ts.PropertyAccessExpression).expression), scope);
    return object && { specifier: object.specifier, name };
  }
  if (!ts.isIdentifier(callee)) {
    const specifier = loadedSpecifier(callee);
    return specifier === undefined ? undefined : { specifier, name: 'default' };
  }
  const binding = lookup(scope, callee.text);
  if (binding?.imported) return binding.imported;
  const [source] = binding?.sources ?? [];
  const made = source && unwrap(source.expression);
  const specifier = made && loadedSpecifier(made);
  if (specifier !== undefined) return { specifier, name: source?.path[0] ?? 'default' };
  // `const { promises } = require('fs')` and `const fs = require('fs').promises`.
  const isPart = made && ts.isPropertyAccessExpression(made) && made.getStart() < callee.getStart();
  const whole = isPart ? originOf(made, source.scope) : undefined;
  return whole && { ...whole, name: source?.path[0] ?? whole.name };
}
