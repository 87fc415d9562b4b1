import { differenceText } from '../events/expectation/compare.ts';
import { countOf, type TestOutcome, type TestResult } from './testReport.ts';

const marks: Readonly<Record<TestOutcome['kind'], string>> = {
  passed: '✔',
  updated: '✎',
  failed: '✖',
  broken: '✖',
};

/** For people: the tests of each function, what differs, and a summary. */
export function formatTestsPretty(results: readonly TestResult[]): string {
  const functions = [...new Set(results.map(({ test }) => test.functionName))];
  const blocks = functions.map(name => {
    const own = results.filter(({ test }) => test.functionName === name);
    return `${name}\n${own.map(describe).join('')}`;
  });
  return `${blocks.join('\n')}\n${summary(results)}\n`;
}

function describe({ test, outcome, durationMs, log }: TestResult): string {
  const time = outcome.kind === 'broken' ? '' : ` (${Math.round(durationMs)} ms)`;
  const lines = [`  ${marks[outcome.kind]} ${test.name}${time}`];
  if (outcome.kind === 'updated') lines.push(`      ${test.expectationFile} was updated.`);
  if (outcome.kind === 'failed') {
    lines.push(...[outcome.message, ...outcome.differences.map(differenceText)].flatMap(indented));
    // What the function said is the first thing that is asked for.
    lines.push(...indented(log.trimEnd()));
  }
  if (outcome.kind === 'broken') lines.push(...indented(outcome.message));
  return `${lines.join('\n')}\n`;
}

function indented(text: string): readonly string[] {
  return text.split('\n').map(line => `      ${line}`.trimEnd());
}

function summary(results: readonly TestResult[]): string {
  const updated = countOf(results, 'updated');
  const failed = countOf(results, 'failed') + countOf(results, 'broken');
  return [
    `${countOf(results, 'passed')} passed`,
    ...(updated > 0 ? [`${updated} updated`] : []),
    `${failed} failed`,
  ].join(', ');
}
