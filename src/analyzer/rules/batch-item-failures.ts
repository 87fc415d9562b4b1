import { ts } from 'ts-morph';
import { nameItem, useMessageId } from '../fixes/nameItem.ts';
import type { Handler } from '../handlers.ts';
import type { Unit } from '../phases/model.ts';
import { accessedName, staticName, unwrap } from '../syntax.ts';
import { failureListOf, failuresOf, isEmptyList } from './itemFailures.ts';
import { importedCall } from './origins.ts';
import { defineRule, type ReachedCode } from './rule.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting */
export const batchItemFailures = defineRule({
  name: 'batch-item-failures',
  severity: 'warning',
  title: 'One bad item makes the whole batch fail, or a failed one is taken for processed',
  messages: {
    none: '{source} reports item failures, but the handler names none: one bad record makes it throw, and the whole batch is processed again. Catch the error of each record, and return its identifier in batchItemFailures.',
    ignored:
      '{source} does not report item failures: Lambda ignores this list and takes the items that failed for processed. Set FunctionResponseTypes of the mapping to ReportBatchItemFailures.',
    outside:
      'An exception here gets past the item failures: because of one bad record the whole batch is processed again. Parse within the try.',
    missing:
      'An item failure without itemIdentifier makes the whole batch fail, and all of it is processed again. Give the messageId of SQS or the sequence number of a stream.',
    wrong:
      '{name} names no item: Lambda does not find it and processes the whole batch again. Give the messageId of SQS or the sequence number of a stream.',
  },
  check(code, report) {
    const { file } = code;
    checkMappings(code, report);
    for (const unit of file.units) {
      for (const node of parsedOutside(unit)) report({ node, message: 'outside' });
    }
    const failures = new Set(file.units.flatMap(unit => failuresOf(unit, file.units)));
    for (const failure of failures) {
      if (failure.properties.some(ts.isSpreadAssignment)) continue;
      const identifier = failure.properties.find(({ name }) => staticName(name) === 'itemIdentifier');
      if (!identifier) report({ node: failure, message: 'missing', fix: nameItem(failure) });
      else if (ts.isPropertyAssignment(identifier)) {
        const name = accessedName(unwrap(identifier.initializer)) ?? '';
        if (/^(receiptHandle|eventID)$/.test(name)) {
          report({
            node: identifier.initializer,
            message: 'wrong',
            data: { name },
            fix: name === 'receiptHandle' ? useMessageId(identifier.initializer) : undefined,
          });
        }
      }
    }
  },
});

/** Mappings that take item failures from a handler that gives none, and results that no mapping reads. */
function checkMappings(code: ReachedCode, report: (problem: MappingProblem) => void): void {
  const isOfFile = ({ path }: Unit) => path === code.file.path;
  for (const handler of code.inspection.handlers) {
    const isHere = handler.file === code.file || code.functionsOf(handler).some(isOfFile);
    if (!isHere) continue;
    const mappings = code
      .factsOf(handler)
      .flatMap(({ triggers }) => triggers.filter(each => each.reportsItemFailures !== undefined));
    const wanting = mappings.find(({ reportsItemFailures }) => reportsItemFailures);
    const ignoring = mappings.find(({ reportsItemFailures }) => !reportsItemFailures);
    if (wanting && handler.file === code.file && namesNone(handler, code)) {
      report({ node: handler.node, message: 'none', data: { source: wanting.label } });
    }
    const read = ignoring && failuresIn(handler, code);
    if (ignoring && read) report({ node: read, message: 'ignored', data: { source: ignoring.label } });
  }
}

interface MappingProblem {
  readonly node: ts.Node;
  readonly message: 'none' | 'ignored';
  readonly data: { readonly source: string };
}

/** Whether no code that the handler reaches lists failures, and no package does it in its place. */
function namesNone(handler: Handler, code: ReachedCode): boolean {
  const functions = code.functionsOf(handler);
  if (functions.length === 0) return false;
  const reached = code.filesOf(handler);
  const lists = reached.flatMap(({ units }) =>
    units.flatMap(({ returns }) => returns.flatMap(source => failureListOf(source) ?? [])),
  );
  const isEmpty = lists.length > 0 && lists.every(isEmptyList);
  if (
    !isEmpty &&
    reached.some(({ source }) => /batchItemFailures|[Pp]artial(Batch)?(Response|Failure)/.test(source.text))
  )
    return false;
  return functions.every(unit =>
    unit.returns.every(({ expression, scope }) => isOwnResult(unwrap(expression), scope.unit, code)),
  );
}

/** What the project itself makes: what a package gives back may have anything in it. */
function isOwnResult(value: ts.Node, unit: Unit, { inspection: { graph } }: ReachedCode): boolean {
  if (!ts.isCallExpression(value)) {
    return !ts.isIdentifier(value) || value.text === 'undefined';
  }
  if (/^(Promise|JSON|Object|Array)\./.test(value.expression.getText())) return true;
  return (graph.edges.get(unit) ?? []).some(({ site, kind }) => site === value && kind === 'call');
}

/** The first list of failures that a handler returns, or the call of Powertools that makes one. */
function failuresIn(handler: Handler, code: ReachedCode): ts.Node | undefined {
  for (const unit of code.functionsOf(handler)) {
    if (unit.path !== code.file.path) continue;
    const lists = unit.returns.flatMap(source => failureListOf(source) ?? []);
    const list = lists.find(each => !isEmptyList(each));
    if (list?.name) return list.name;
    for (const { node, scope } of unit.calls) {
      const name = importedCall(node, scope, /^@aws-lambda-powertools\/batch$/);
      if (name?.startsWith('processPartialResponse')) return node;
    }
  }
  return undefined;
}

/** `JSON.parse(record.body)` in a loop over the records that no try is around, in a function that lists failures. */
function* parsedOutside(unit: Unit): Generator<ts.Node> {
  if (!unit.returns.some(source => failureListOf(source))) return;
  for (const { node } of unit.calls) {
    if (!ts.isCallExpression(node) || node.expression.getText() !== 'JSON.parse') continue;
    const loop = ts.findAncestor(node, at => at === unit.node || ts.isForOfStatement(at));
    if (!loop || !ts.isForOfStatement(loop) || !/\b[rR]ecords\b/.test(loop.expression.getText())) continue;
    if (!isInTry(node, unit)) yield node;
  }
}

function isInTry(node: ts.Node, unit: Unit): boolean {
  return ts.findAncestor(node, at => at === unit.node || isTried(at)) !== unit.node;
}

/** The block that a catch is behind. */
function isTried(node: ts.Node): boolean {
  const { parent } = node;
  return (
    parent !== undefined &&
    ts.isTryStatement(parent) &&
    parent.tryBlock === node &&
    parent.catchClause !== undefined
  );
}
