import { ts } from 'ts-morph';
import { startTogether } from '../fixes/startTogether.ts';
import { accessedName, unwrap } from '../syntax.ts';
import { carriesOver } from './carried.ts';
import { signatureOf, triggersOf } from './invocations.ts';
import { type Loop, loopOf, rootName, visitTurn } from './loops.ts';
import { methodOf } from './origins.ts';
import { remoteCalls } from './remoteCalls.ts';
import { defineRule, type ReachedCode } from './rule.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/best-practices.html */
export const sequentialAwaits = defineRule({
  name: 'sequential-awaits',
  severity: 'info',
  title: 'Requests that do not need each other wait for each other in a loop',
  messages: {
    waits:
      'Each turn of this loop waits for the one before, though none needs its result: ten requests take ten times as long, and the function is paid for all of it. Start them together with Promise.all, in groups where there may be many.',
  },
  check(code, report) {
    const isRemote = remoteCalls(code);
    let told: ts.Node | undefined;
    for (const node of code.nodes.of('ForOfStatement', 'ForInStatement', 'ForStatement')) {
      if (told && node.end <= told.end) continue;
      const loop = loopOf(node);
      const first = loop && firstRequest(loop, isRemote);
      if (!loop || !first || !isIndependent(loop, code)) continue;
      told = node;
      report({ node: first, message: 'waits', fix: startTogether(loop.node) });
    }
  },
});

function firstRequest(loop: Loop, isRemote: (node: ts.Node) => boolean): ts.AwaitExpression | undefined {
  let first: ts.AwaitExpression | undefined;
  visitTurn(loop, node => {
    if (!first && ts.isAwaitExpression(node) && isRemote(unwrap(node))) first = node;
  });
  return first;
}

function isIndependent(loop: Loop, code: ReachedCode): boolean {
  return (
    mentions(loop.node.statement, loop.names) &&
    !leavesEarly(loop) &&
    !isPaced(loop) &&
    !isOrdered(loop, code) &&
    !carriesOver(loop)
  );
}

function mentions(node: ts.Node, names: ReadonlySet<string>): boolean {
  if (ts.isIdentifier(node)) return names.has(node.text);
  return ts.forEachChild(node, child => mentions(child, names) || undefined) ?? false;
}

/** A turn that may be the last one: the others are not to be started beside it. */
function leavesEarly(loop: Loop): boolean {
  let leaves = false;
  visitTurn(loop, node => {
    if (ts.isReturnStatement(node) || ts.isBreakStatement(node) || ts.isYieldExpression(node)) leaves = true;
  });
  return leaves;
}

/** Requests that are held back on purpose, or that run in groups already. */
function isPaced({ node, over, names }: Loop): boolean {
  if (/chunk|batch|page|group/i.test(over?.getText() ?? '')) return true;
  let isHeldBack = false;
  const walk = (at: ts.Node): void => {
    if (ts.isCallExpression(at)) {
      const callee = unwrap(at.expression);
      const name = accessedName(callee) ?? (ts.isIdentifier(callee) ? callee.text : '');
      const isGroup = /^Promise\.(all|allSettled|race|any)$/.test(callee.getText()) && isMadeOf(at, names);
      if (isGroup || /sleep|delay|wait|pause|back_?off|throttle|limit|setTimeout/i.test(name))
        isHeldBack = true;
    }
    ts.forEachChild(at, walk);
  };
  walk(node.statement);
  return isHeldBack;
}

/** `Promise.all(ids.map(...))` in a turn that has several ids. */
function isMadeOf({ arguments: [list] }: ts.CallExpression, names: ReadonlySet<string>): boolean {
  const mapped = list && methodOf(unwrap(list));
  return mapped !== undefined && names.has(rootName(mapped.object) ?? '');
}

/** Whose order matters: records of a stream or of a FIFO queue, a transaction, or what a comment says of. */
function isOrdered({ node, over }: Loop, code: ReachedCode): boolean {
  const { file } = code;
  const comment = file.source.text.slice(node.pos, node.getStart(file.source));
  if (/order|sequen|one (by|at|after)|rate.?limit|throttl|serial|overtake/i.test(comment)) return true;
  if (/\b(tx|trx|transaction)\b/i.test(node.statement.getText(file.source))) return true;
  const isOfEvent = /\b[rR]ecords\b/.test(over?.getText(file.source) ?? '');
  for (let at: ts.Node | undefined = node.parent; at; at = at.parent) {
    if (!ts.isFunctionLike(at)) continue;
    const call = at.parent;
    if (ts.isCallExpression(call) && /transaction/i.test(call.expression.getText(file.source))) return true;
    const unit = file.functions.get(at);
    if (!unit) continue;
    const triggers = code.handlersOf(unit).flatMap(handler => triggersOf(handler, code));
    const isStream = triggers.some(
      ({ kind, isFifo }) => isFifo || /^(kinesis|dynamodb|kafka|sns)$/.test(kind),
    );
    if (isOfEvent && (isStream || typedStream.test(signatureOf(unit)))) return true;
  }
  return (
    isOfEvent &&
    /\bkinesis\b|\.dynamodb\b|\bdynamodb\s*[,}]|\bSns\b|MessageGroupId/.test(node.getText(file.source))
  );
}

/** An SNS event has a single record; those of streams are in an order. */
const typedStream = /Kinesis|DynamoDBStream|DynamoDBRecord|MSK|Kafka|SNS/;
