import { ts } from 'ts-morph';
import { originOf } from '../notes.ts';
import type { CallSite, ImportedName, Unit } from '../phases/model.ts';
import { unwrap } from '../syntax.ts';
import { isGlobal, makersOf, methodOf } from './origins.ts';
import type { ReachedCode } from './rule.ts';
import { commandOf } from './sdkCommands.ts';

/** Packages whose functions and objects send requests. */
const clients =
  /^(axios|got|ky|node-fetch|cross-fetch|undici|superagent|needle|graphql-request|stripe|twilio|openai|nodemailer|googleapis|contentful|algoliasearch|octokit|firebase-admin|mailgun\.js|@(slack|sendgrid|google-cloud|octokit|elastic|opensearch-project|azure|supabase|mailchimp|googleapis|anthropic-ai|notionhq|hubspot)\/.+)$/;

/** What makes one object for many connections; a single connection does one thing after the other anyway. */
const pools: Readonly<Record<string, RegExp>> = {
  pg: /^(Pool|default)$/,
  mysql: /^createPool$/,
  'mysql2/promise': /^createPool$/,
  mysql2: /^createPool$/,
  '@prisma/client': /^PrismaClient$/,
  mongodb: /^MongoClient$|^connect$/,
  redis: /^create(Client|Cluster)$/,
  ioredis: /^(default|Redis|Cluster)$/,
  knex: /^(default|knex)$/,
};

/**
 * Tells of a call whether it is a request that others can wait beside: one of an SDK, of HTTP, of a pool of
 * connections, or a function of the project that makes some.
 */
export function remoteCalls(code: ReachedCode): (node: ts.Node) => boolean {
  const { edges } = code.inspection.graph;
  const known = new Map<Unit, boolean>();
  const isRemoteUnit = (unit: Unit): boolean => {
    const answer = known.get(unit);
    if (answer !== undefined) return answer;
    known.set(unit, false);
    const isRemote =
      unit.calls.some(site => isRequest(site, code)) ||
      (edges.get(unit) ?? []).some(({ to, kind }) => kind === 'call' && isRemoteUnit(to));
    known.set(unit, isRemote);
    return isRemote;
  };
  return node => {
    const site = code.siteOf(node);
    if (!site || !ts.isCallExpression(node)) return false;
    if (isRequest(site, code)) return true;
    const called = (edges.get(site.scope.unit) ?? []).filter(
      edge => edge.site === node && edge.kind === 'call',
    );
    return called.length > 0 && called.every(({ to }) => isRemoteUnit(to));
  };
}

function isRequest(site: CallSite, code: ReachedCode): boolean {
  const { node, scope } = site;
  if (!ts.isCallExpression(node)) return false;
  if (isGlobal(node.expression, 'fetch', scope)) return true;
  const origin = originOf(unwrap(node.expression), scope);
  if (origin && isHttp(origin)) return true;
  const method = methodOf(node);
  if (!method) return false;
  if (method.name === 'send') return isSent(node, code);
  if (method.name === 'promise') return isRequestOfVersion2(method.object, code);
  if (commandOf(site, code)) return true;
  return makersOf(method.object, scope, code).some(
    maker => clients.test(maker.specifier) || pools[maker.specifier]?.test(maker.name),
  );
}

function isHttp({ specifier, name }: ImportedName): boolean {
  return clients.test(specifier) && /^(default|fetch|request|get|post|put|patch|delete|head)$/.test(name);
}

function isSent({ arguments: [command] }: ts.CallExpression, code: ReachedCode): boolean {
  const made = command && unwrap(command);
  if (!made) return false;
  if (ts.isIdentifier(made)) return true;
  const site = code.siteOf(made);
  return site !== undefined && commandOf(site, code) !== undefined;
}

function isRequestOfVersion2(object: ts.Expression, code: ReachedCode): boolean {
  const request = unwrap(object);
  const site = ts.isCallExpression(request) ? code.siteOf(request) : undefined;
  return site !== undefined && commandOf(site, code) !== undefined;
}
