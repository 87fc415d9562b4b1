import assert from 'node:assert/strict';
import { LastInspection } from '../../../src/analyzer/lastInspection.ts';
import { SourceStore } from '../../../src/analyzer/modules/sourceStore.ts';
import { analyzeOpenFile } from '../../../src/analyzer/openFile.ts';
import { findingsOfOpenFile, findingsOfProject, fixOpenFile } from '../../../src/analyzer/openFindings.ts';
import { StatementIndex } from '../../../src/analyzer/statements.ts';
import { applyEdits } from '../../../src/model/applyEdits.ts';
import { filesOf } from './checkPhases.ts';

const file = '/app/handler.ts';
const handlers = [{ file, exportPath: 'handler' }];
const wasteful = `import { S3Client } from '@aws-sdk/client-s3';
export const handler = async () => {
  const s3 = new S3Client({});
  const other = new S3Client({ region: process.env.OTHER });
  return [s3, other];
};
`;

function services(text: string, reads: string[] = []) {
  const files = filesOf(text);
  const store = new SourceStore({
    stamp: path => {
      reads.push(path);
      return path in files ? 'once' : undefined;
    },
    read: path => files[path],
    realPath: () => undefined,
  });
  return { store, last: new LastInspection(), index: new StatementIndex(), checkpoint() {} };
}

const rulesOf = (findings: readonly { readonly rule: string }[]) => findings.map(({ rule }) => rule);
const twoClients = ['client-per-invocation', 'client-per-invocation'];

suite('the findings of an open file', () => {
  test('are of the text that the editor has', () => {
    const given = services('export const handler = 1;');
    const found = findingsOfOpenFile({ file, text: wasteful, handlers, severities: {} }, given);
    assert.equal(found.isComplete, true);
    assert.deepEqual(
      rulesOf(found.findings).filter(rule => twoClients.includes(rule)),
      twoClients,
    );
  });

  test('are not known where it has syntax errors', () => {
    const text = wasteful.replace('return', 'return return');
    const found = findingsOfOpenFile({ file, text, handlers, severities: {} }, services(''));
    assert.deepEqual(found, { isComplete: false, findings: [] });
  });

  test('come from what the hints have found out, once, and as long as nothing was edited', () => {
    const reads: string[] = [];
    const given = services(wasteful, reads);
    const analyze = (text = wasteful, path = file) =>
      analyzeOpenFile({ file: path, text, version: 1, mode: 'edges', handlers }, given);
    const isRead = () => {
      reads.length = 0;
      findingsOfOpenFile({ file, text: wasteful, handlers, severities: {} }, given);
      return reads.length > 0;
    };
    analyze();
    assert.equal(isRead(), false);
    assert.equal(isRead(), true);
    analyze();
    analyze('export const other = 1;', '/app/other.ts');
    assert.equal(isRead(), true);
  });

  test('have safe fixes that are applied together, and the text stays what the editor has', () => {
    const given = services(wasteful);
    const request = { file, text: wasteful, handlers, severities: {} };
    const fixed = applyEdits(wasteful, fixOpenFile(request, given));
    assert.match(fixed, /^const s3 = new S3Client\(\{\}\);$/m);
    assert.match(fixed, /^const other = new S3Client\(\{ region: process\.env\.OTHER \}\);$/m);
    assert.equal(given.store.setOpen(file, wasteful).source.text, wasteful);
    assert.deepEqual(fixOpenFile({ ...request, text: fixed }, given), []);
  });

  test('of a project are those of every file that is reached, with severities', () => {
    const given = services(
      `import './lib';\n${wasteful}// @file lib.ts\nexport const lib = 1;\n// @file alone.ts\nlet x;`,
    );
    const severities = { 'client-per-invocation': 'off' } as const;
    const found = findingsOfProject({ handlers, severities }, given);
    assert.deepEqual([...found.keys()].sort(), [file, '/app/lib.ts']);
    assert.ok(!rulesOf(found.get(file) ?? []).includes('client-per-invocation'));
  });
});
