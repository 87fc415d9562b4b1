import type { Finding } from '../model/finding.ts';
import type { CheckedFile } from './checkReport.ts';

/** Version 1 of the machine-readable report: lines and columns from 1, UTF-16 units, exclusive ends. */
export function formatJson(files: readonly CheckedFile[]): string {
  const report = {
    version: 1,
    files: files.map(({ shown, handlers, regions, findings }) => ({
      path: shown,
      handlers,
      regions,
      findings: findings.map(describe),
    })),
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

function describe(finding: Finding) {
  const { rule, severity, message, startLine, startColumn, endLine, endColumn, fixable } = finding;
  return { rule, severity, message, startLine, startColumn, endLine, endColumn, fixable };
}
