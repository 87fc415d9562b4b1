import { differenceText } from '../events/expectation/compare.ts';
import type { TestResult } from './testReport.ts';

/**
 * JUnit's XML, as CI servers read it: a suite for each function.
 * https://github.com/testmoapp/junitxml
 */
export function formatTestsJunit(results: readonly TestResult[]): string {
  const functions = [...new Set(results.map(({ test }) => test.functionName))];
  const suites = functions.map(name => {
    const own = results.filter(({ test }) => test.functionName === name);
    return `  <testsuite ${attributes({ name, ...totals(own) })}>\n${own.map(testCase).join('')}  </testsuite>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ${attributes({ name: 'lambda-lens', ...totals(results) })}>\n${suites.join('')}</testsuites>\n`;
}

function totals(results: readonly TestResult[]): Readonly<Record<string, string>> {
  const count = (kind: string) => String(results.filter(({ outcome }) => outcome.kind === kind).length);
  return {
    tests: String(results.length),
    failures: count('failed'),
    errors: count('broken'),
    time: seconds(results.reduce((sum, { durationMs }) => sum + durationMs, 0)),
  };
}

function testCase({ test, outcome, durationMs, log }: TestResult): string {
  const head = attributes({
    classname: test.functionName,
    name: test.name,
    file: test.eventFile,
    time: seconds(durationMs),
  });
  const children: string[] = [];
  if (outcome.kind === 'failed') {
    const details = [outcome.message, ...outcome.differences.map(differenceText)].join('\n');
    children.push(`<failure ${attributes({ message: outcome.message })}>${escapeXml(details)}</failure>`);
  }
  if (outcome.kind === 'broken') children.push(`<error ${attributes({ message: outcome.message })}/>`);
  if (log !== '') children.push(`<system-out>${escapeXml(log)}</system-out>`);
  if (children.length === 0) return `    <testcase ${head}/>\n`;
  return `    <testcase ${head}>\n${children.map(child => `      ${child}\n`).join('')}    </testcase>\n`;
}

function attributes(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(
      ([name, value]) => `${name}="${escapeXml(value).replaceAll('\t', '&#9;').replaceAll('\n', '&#10;')}"`,
    )
    .join(' ');
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

/** https://www.w3.org/TR/xml/#charsets: logs may hold what XML cannot, even as a reference. */
function escapeXml(text: string): string {
  return (
    text
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that XML forbids
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll('\r', '&#13;')
  );
}
