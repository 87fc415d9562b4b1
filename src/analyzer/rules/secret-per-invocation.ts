import { ts } from 'ts-morph';
import type { Fix } from '../../model/finding.ts';
import { keep } from '../fixes/keep.ts';
import { originOf } from '../notes.ts';
import type { CallSite } from '../phases/model.ts';
import { unwrap } from '../syntax.ts';
import { isSameEveryTime } from './constancy.ts';
import { constantText, environmentVariable } from './constants.ts';
import { isStoredIn, outlivesInvocation } from './kept.ts';
import { isGlobal } from './origins.ts';
import { defineRule, type ReachedCode } from './rule.ts';
import { inputProperty, type SdkCommand, sdkCommands } from './sdkCommands.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/with-secrets-manager.html */
export const secretPerInvocation = defineRule({
  name: 'secret-per-invocation',
  severity: 'warning',
  title: 'A secret or a setting that is always the same is fetched on every invocation',
  messages: {
    fetched:
      '{what} is fetched on every invocation, although it is the same one: each waits for it, and each request is paid for. Fetch it once and keep it in a variable of the module, or use Parameters of Powertools, which does.',
  },
  check(code, report) {
    for (const command of sdkCommands(code)) {
      const what = fetchedBy(command, code);
      if (what && isFetchedAgain(command.site, code))
        report({ node: command.node, message: 'fetched', data: { what }, fix: fixOf(command, code) });
    }
    for (const { calls } of code.file.units) {
      for (const site of calls) {
        if (isKeySet(site, code) && isFetchedAgain(site, code)) {
          report({ node: site.node, message: 'fetched', data: { what: 'A key set' } });
        }
      }
    }
  },
});

/** `await client.send(command)` is kept; what a function returns of it is that function's affair. */
function fixOf({ node, site }: SdkCommand, { file, phaseAt }: ReachedCode): Fix | undefined {
  const call = node.parent;
  if (!ts.isCallExpression(call) || !ts.isAwaitExpression(call.parent) || phaseAt(node) !== 'invoke')
    return undefined;
  return keep(call, site.scope, file, { name: 'value', verb: 'fetch' });
}

const commands: Readonly<Record<string, RegExp>> = {
  'secrets-manager': /^(BatchGetSecretValue|GetSecretValue)$/,
  ssm: /^GetParameter(s|sByPath)?$/,
  appconfigdata: /^StartConfigurationSession$/,
  sts: /^AssumeRole$/,
  kms: /^Decrypt$/,
};

function fetchedBy({ service, name, input, site }: SdkCommand, code: ReachedCode): string | undefined {
  if (!commands[service]?.test(name)) return undefined;
  switch (service) {
    case 'secrets-manager':
      return 'A secret';
    case 'ssm':
      return 'A parameter';
    case 'sts':
      return 'A set of credentials';
    case 'kms': {
      const text = input && inputProperty(input, 'CiphertextBlob');
      return text && readsEnvironment(text, site, code) ? 'A decrypted variable' : undefined;
    }
    default:
      return 'A configuration';
  }
}

function readsEnvironment(node: ts.Node, site: CallSite, code: ReachedCode): boolean {
  if (environmentVariable(node, site.scope, code) !== undefined) return true;
  return ts.forEachChild(node, child => readsEnvironment(child, site, code) || undefined) ?? false;
}

/** `fetch('https://.../.well-known/jwks.json')`, `axios.get(...)` */
function isKeySet({ node, scope }: CallSite, code: ReachedCode): boolean {
  if (!ts.isCallExpression(node)) return false;
  const [address] = node.arguments;
  const origin = originOf(unwrap(node.expression), scope);
  const isHttp =
    isGlobal(node.expression, 'fetch', scope) ||
    /^(axios|got|node-fetch|undici)$/.test(origin?.specifier ?? '');
  if (!isHttp || !address) return false;
  const text = constantText(address, scope, code) ?? unwrap(address).getText();
  return /\.well-known\/(jwks\.json|openid-configuration)[`'"]?$/.test(text);
}

function isFetchedAgain({ node, scope }: CallSite, code: ReachedCode): boolean {
  const phase = code.phaseAt(node);
  if (phase !== 'invoke' && phase !== 'both') return false;
  const args = ts.isCallExpression(node) || ts.isNewExpression(node) ? (node.arguments ?? []) : [];
  if (!args.every(argument => isSameEveryTime(argument, scope, code))) return false;
  return !isStoredIn(scope.unit) && !outlivesInvocation(node, scope, code, 'derived') && !isInCatch(node);
}

/** What is fetched after a failure is fetched because it may have changed. */
function isInCatch(node: ts.Node): boolean {
  return ts.findAncestor(node, ts.isCatchClause) !== undefined;
}
