import { isAbsolute, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Finding } from '../model/finding.ts';
import type { CheckedFile } from './checkReport.ts';

const levels: Readonly<Record<Finding['severity'], string>> = {
  hint: 'note',
  info: 'note',
  warning: 'warning',
  error: 'error',
};

/** Where each rule has its page. */
const pages = 'https://github.com/lambda-lens/lambda-lens/blob/main/docs/rules';

/** SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function formatSarif(files: readonly CheckedFile[]): string {
  const rules = [...new Set(files.flatMap(({ findings }) => findings.map(({ rule }) => rule)))].sort();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'Lambda Lens', rules: rules.map(id => ({ id, helpUri: `${pages}/${id}.md` })) },
        },
        columnKind: 'utf16CodeUnits',
        artifacts: files.map(({ shown }) => ({ location: { uri: uriOf(shown) } })),
        results: files.flatMap((file, index) =>
          file.findings.map(finding => result(finding, file, index, rules)),
        ),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function result(finding: Finding, file: CheckedFile, index: number, rules: readonly string[]) {
  const { rule, severity, message, startLine, startColumn, endLine, endColumn } = finding;
  return {
    ruleId: rule,
    ruleIndex: rules.indexOf(rule),
    level: levels[severity],
    message: { text: message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(file.shown), index },
          region: { startLine, startColumn, endLine, endColumn },
        },
      },
    ],
  };
}

function uriOf(path: string): string {
  if (isAbsolute(path)) return pathToFileURL(path).href;
  return path.split(sep).map(encodeURIComponent).join('/');
}
