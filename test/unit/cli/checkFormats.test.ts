import assert from 'node:assert/strict';
import { formatJson } from '../../../src/cli/checkJson.ts';
import { formatPretty } from '../../../src/cli/checkPretty.ts';
import type { CheckedFile } from '../../../src/cli/checkReport.ts';
import { formatSarif } from '../../../src/cli/checkSarif.ts';

const region = (startLine: number, endLine: number) => ({ startLine, startColumn: 1, endLine, endColumn: 3 });

const files: readonly CheckedFile[] = [
  {
    path: '/app/src/a handler.ts',
    shown: 'src/a handler.ts',
    handlers: [{ name: 'handler', line: 3, column: 14, via: 'type' }],
    regions: [
      { ...region(1, 9), phase: 'init', reason: 'module code' },
      { ...region(3, 7), phase: 'invoke', reason: 'the handler' },
    ],
    notes: [],
    findings: [
      {
        ...region(4, 4),
        rule: 'client-per-invocation',
        severity: 'warning',
        message: 'Rebuilt.',
        fixable: true,
      },
    ],
  },
  { path: '/app/b.ts', shown: 'b.ts', handlers: [], regions: [], notes: [], findings: [] },
];

suite('reports of check', () => {
  test('json has what the contract lists and nothing else', () => {
    assert.deepEqual(JSON.parse(formatJson(files)), {
      version: 1,
      files: files.map(({ shown, handlers, regions, findings }) => ({
        path: shown,
        handlers,
        regions,
        findings,
      })),
    });
  });

  test('pretty shows the reached files, their regions as a tree and a summary', () => {
    assert.equal(
      formatPretty(files),
      `src/a handler.ts
  handler handler at 3:14 (type)
  1:1-9:3  once per environment       module code
  3:1-7:3  every invocation             the handler
  4:1 warning Rebuilt. (client-per-invocation)

2 files, 1 handler, 1 finding
`,
    );
  });

  test('pretty shows the line of a finding and underlines the code', () => {
    const [file] = files;
    const lines = ['', '', '', '\tconst s3 = new S3Client({});'];
    const place = { startLine: 4, startColumn: 13, endColumn: 29 };
    const found = (endLine: number) =>
      (file?.findings ?? []).map(finding => ({ ...finding, ...place, endLine }));
    const report = (endLine: number) =>
      formatPretty(file ? [{ ...file, findings: found(endLine), text: lines.join('\r\n') }] : []);
    const frame = '    4 | \tconst s3 = new S3Client({});\n      | \t           ^^^^^^^^^^^^^^^^';
    assert.ok(report(4).includes(`${frame}\n`), report(4));
    assert.ok(report(5).includes(`${frame}^\n`), report(5));
  });

  test('sarif names the tool, its rules and every result with its place', () => {
    const log = JSON.parse(formatSarif(files));
    const [run] = log.runs;
    assert.deepEqual(
      [log.version, run.tool.driver.rules],
      [
        '2.1.0',
        [
          {
            id: 'client-per-invocation',
            helpUri:
              'https://github.com/lambda-lens/lambda-lens/blob/main/docs/rules/client-per-invocation.md',
          },
        ],
      ],
    );
    assert.deepEqual(
      run.artifacts.map((artifact: { location: { uri: string } }) => artifact.location.uri),
      ['src/a%20handler.ts', 'b.ts'],
    );
    assert.deepEqual(run.results, [
      {
        ruleId: 'client-per-invocation',
        ruleIndex: 0,
        level: 'warning',
        message: { text: 'Rebuilt.' },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'src/a%20handler.ts', index: 0 },
              region: { startLine: 4, startColumn: 1, endLine: 4, endColumn: 3 },
            },
          },
        ],
      },
    ]);
  });

  test('sarif without findings has an empty list of results', () => {
    assert.deepEqual(JSON.parse(formatSarif([])).runs[0].results, []);
  });
});
