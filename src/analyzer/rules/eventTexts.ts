import { ts } from 'ts-morph';
import type { Scope, Source } from '../phases/model.ts';
import { lookup } from '../phases/scopes.ts';
import { accessedName, unwrap } from '../syntax.ts';
import { callsOf } from './constancy.ts';
import { isEventPart } from './eventData.ts';
import type { ReachedCode } from './rule.ts';

/** How many names and parts are followed from one to the next. */
const maximumDepth = 8;

/** The event's data, or a text with it in it; what a function makes of it may be safe. */
export function isMadeOfEvent(text: ts.Node, scope: Scope, code: ReachedCode, depth = 0): boolean {
  if (depth > maximumDepth) return false;
  const value = unwrap(text);
  if (isOfLambda(value)) return false;
  if (isEventPart(text, scope, code.invoked)) return true;
  const isMade = (node: ts.Node) => isMadeOfEvent(node, scope, code, depth + 1);
  if (ts.isTemplateExpression(value)) return value.templateSpans.some(({ expression }) => isMade(expression));
  if (ts.isBinaryExpression(value) && value.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    return isMade(value.left) || isMade(value.right);
  }
  if (ts.isCallExpression(value)) {
    const kept = keptBy(value);
    return kept !== undefined && isMade(kept);
  }
  const source = localSource(value, scope);
  if (source) return isMadeOfEvent(source.expression, source.scope, code, depth + 1);
  return passedTo(value, scope, code).some(each => isMadeOfEvent(each.node, each.scope, code, depth + 1));
}

/** What the callers of a function of the project pass for one of its parameters. */
export function passedTo(
  value: ts.Node,
  scope: Scope,
  code: ReachedCode,
): readonly { readonly node: ts.Node; readonly scope: Scope }[] {
  const binding = ts.isIdentifier(value) ? lookup(scope, value.text) : undefined;
  if (!binding?.parameter || binding.parameter.rest || code.invoked.has(binding.owner)) return [];
  const { index } = binding.parameter;
  return callsOf(binding.owner, code).flatMap(call => {
    const argument = call.node.arguments[index];
    return argument ? [{ node: argument, scope: call.scope }] : [];
  });
}

/** What Lambda and the services write into events themselves. */
function isOfLambda(value: ts.Node): boolean {
  return /^(messageId|eventID|sequenceNumber|requestId|awsRequestId|eventSourceARN|awsRegion|shardId)$/.test(
    accessedName(value) ?? (ts.isIdentifier(value) ? value.text : ''),
  );
}

/** The text that a function gives back with all that is in it: `decodeURIComponent(key)`, `name.trim()`. */
function keptBy(node: ts.CallExpression): ts.Node | undefined {
  const callee = unwrap(node.expression);
  if (ts.isIdentifier(callee) && /^(decodeURIComponent|decodeURI|String)$/.test(callee.text)) {
    return node.arguments[0];
  }
  const isText = /^(trim|toLowerCase|toUpperCase|toString|normalize)$/.test(accessedName(callee) ?? '');
  return isText ? (callee as ts.PropertyAccessExpression).expression : undefined;
}

/** What a local name that is set once stands for. */
export function localSource(value: ts.Node, scope: Scope): Source | undefined {
  const binding = ts.isIdentifier(value) ? lookup(scope, value.text) : undefined;
  if (!binding || binding.parameter || binding.owner.kind === 'module') return undefined;
  const [only, ...more] = binding.sources;
  return only && more.length === 0 && only.path.length === 0 && !ts.isParameter(only.expression)
    ? only
    : undefined;
}
