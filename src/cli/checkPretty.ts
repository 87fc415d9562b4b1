import type { Phase, Region } from '../analyzer/protocol.ts';
import type { Finding } from '../model/finding.ts';
import type { CheckedFile } from './checkReport.ts';

const words: Readonly<Record<Phase, string>> = {
  init: 'once per environment',
  invoke: 'every invocation',
  both: 'init and every invocation',
  lazy: 'once, on first use',
};
const wordWidth = Math.max(...Object.values(words).map(word => word.length));

/** For people: each file that Lambda reaches and each template with findings, with its handlers, its regions as a tree, and a summary. */
export function formatPretty(files: readonly CheckedFile[]): string {
  const reached = files.filter(
    ({ handlers, regions, findings }) => handlers.length + regions.length + findings.length > 0,
  );
  const handlers = count(reached.map(file => file.handlers.length));
  const findings = count(files.map(file => file.findings.length));
  return [
    ...reached.map(describeFile),
    `${amount(files.length, 'file')}, ${amount(handlers, 'handler')}, ${amount(findings, 'finding')}\n`,
  ].join('\n');
}

function describeFile({ shown, handlers, regions, findings, text = '' }: CheckedFile): string {
  const width = Math.max(...regions.map(region => place(region).length));
  const lines = [
    shown,
    ...handlers.map(({ name, line, column, via }) => `  handler ${name} at ${line}:${column} (${via})`),
    ...regions.map(region => {
      const indent = '  '.repeat(depth(region, regions));
      return `  ${place(region).padStart(width)}  ${words[region.phase].padEnd(wordWidth)}  ${indent}${region.reason}`;
    }),
    ...findings.flatMap(finding => describeFinding(finding, text)),
  ];
  return `${lines.join('\n')}\n`;
}

/** What is wrong, and the line of it with the code underlined. */
function describeFinding(finding: Finding, text: string): readonly string[] {
  const { severity, rule, message, startLine, startColumn, endLine, endColumn } = finding;
  const said = `  ${startLine}:${startColumn} ${severity} ${message} (${rule})`;
  const line = text.split('\n')[startLine - 1]?.trimEnd();
  if (line === undefined || line === '') return [said];
  const length = (endLine === startLine ? endColumn - 1 : line.length) - (startColumn - 1);
  const before = line.slice(0, startColumn - 1).replaceAll(/[^\t]/g, ' ');
  const gutter = ' '.repeat(String(startLine).length);
  return [said, `    ${startLine} | ${line}`, `    ${gutter} | ${before}${'^'.repeat(Math.max(1, length))}`];
}

function place({ startLine, startColumn, endLine, endColumn }: Region): string {
  return `${startLine}:${startColumn}-${endLine}:${endColumn}`;
}

function depth(region: Region, regions: readonly Region[]): number {
  return regions.filter(other => other !== region && contains(other, region)).length;
}

function contains(outer: Region, inner: Region): boolean {
  return (
    compare(outer.startLine, outer.startColumn, inner.startLine, inner.startColumn) <= 0 &&
    compare(outer.endLine, outer.endColumn, inner.endLine, inner.endColumn) >= 0
  );
}

function compare(line: number, column: number, otherLine: number, otherColumn: number): number {
  return line - otherLine || column - otherColumn;
}

function count(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}

function amount(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
