import { type DocNode, rangeOf } from '../document/sourceDocument.ts';
import type { Evaluate, Scope, Verdict } from './scope.ts';
import { isUnresolved, text } from './value.ts';

const names = new Set(['Fn::And', 'Fn::Or', 'Fn::Not', 'Fn::Equals', 'Condition']);

/** Functions whose result is a truth value. `Condition` is only one inside of another: see evaluateCondition. */
export function isConditionFunction(name: string): boolean {
  return name !== 'Condition' && names.has(name);
}

/** What a condition's definition comes to. */
export function evaluateCondition(node: DocNode, scope: Scope, evaluate: Evaluate): Verdict {
  const [name, entry] =
    (node.kind === 'map' && node.entries.size === 1 ? [...node.entries][0] : undefined) ?? [];
  if (!name || !entry || !names.has(name)) {
    if (node.kind === 'scalar' && typeof node.value === 'boolean') return node.value;
    scope.problems.error(
      'A condition is made of Fn::And, Fn::Or, Fn::Not, Fn::Equals and Condition. Use one of them here.',
      rangeOf(node),
    );
    return 'unknown';
  }
  const argument = entry.value;
  const operands = argument.kind === 'seq' ? argument.items : [];
  const verdicts = () => operands.map(operand => evaluateCondition(operand, scope, evaluate));
  switch (name) {
    case 'Condition':
      return argument.kind === 'scalar' ? scope.condition(String(argument.value), argument) : 'unknown';
    case 'Fn::And': {
      const all = verdicts();
      if (all.includes(false)) return false;
      return all.includes('unknown') ? 'unknown' : true;
    }
    case 'Fn::Or': {
      const all = verdicts();
      if (all.includes(true)) return true;
      return all.includes('unknown') ? 'unknown' : false;
    }
    case 'Fn::Not': {
      const [verdict] = verdicts();
      return verdict === undefined || verdict === 'unknown' ? 'unknown' : !verdict;
    }
    default:
      return equals(operands, node, scope, evaluate);
  }
}

/** Compares as strings, letter by letter. */
function equals(operands: readonly DocNode[], call: DocNode, scope: Scope, evaluate: Evaluate): Verdict {
  if (operands.length !== 2) {
    scope.problems.error('Fn::Equals takes a list of two values to compare.', rangeOf(call));
    return 'unknown';
  }
  const [left, right] = operands.map(evaluate);
  if (isUnresolved(left) || isUnresolved(right)) return 'unknown';
  return text(left) === text(right);
}
