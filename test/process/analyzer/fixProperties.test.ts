// Fixes on code that nobody has thought of: the corpus of handlers with statements put where they may go wrong.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import fc from 'fast-check';
import { ts } from 'ts-morph';
import { applyEdits } from '../../../src/model/applyEdits.ts';
import { findingsOf } from '../../support/fixes/applyFixes.ts';
import { fixtures } from '../../support/fixes/examples.ts';
import { nameErrors } from '../../support/fixes/nameErrors.ts';
import { parseFixture } from '../../support/fixes/parseFixture.ts';

const corpus = join(import.meta.dirname, '..', '..', 'fixtures', 'handlers');
const texts = [
  ...globSync('*/*.{ts,js}', { cwd: corpus }).map(path => ({
    extension: extname(path),
    text: readFileSync(join(corpus, path), 'utf8').replaceAll(/⟦[^⟧]*⟧/g, ''),
  })),
  ...globSync('*/*.{ts,js}', { cwd: fixtures }).map(path => ({
    extension: extname(path),
    text: parseFixture(readFileSync(join(fixtures, path), 'utf8')).before,
  })),
].filter(({ text, extension }) => nameErrors(`/app/handler${extension}`, text).length === 0);

/** Code that asks for a fix, in shapes that fixes may stumble over; each with the import that it needs. */
const pieces = [
  'const s3 = new S3Client({});',
  'const client = new S3Client({ region: process.env.REGION }), other = 1;',
  'let { config } = new S3Client({ region });',
  'await new S3Client({ endpoint: () => this.at }).send(event);',
  'for (const s3 of [1]) { const s3Client = new S3Client({}); await s3Client.send(s3); }',
  "if (event) void fetch('https://x/' + event);",
  "const answer = await fetch('https://x', { method: 'POST' });",
  'event.Records.forEach(async record => { await fetch(record.url); });',
  "event.Records?.forEach(async ({ id }) => await fetch('https://x/' + id));",
  'for (const record of event.Records) { if (!record) continue; await fetch(record.url); }',
  'for (const { id, ...rest } of event.Records) await fetch(id, rest);',
  'const { TABLE, BUCKET: bucket } = process.env;',
  'const table = process.env.TABLE_NAME ?? process.env.TABLE_NAME;',
  'const s3Client = [process.env.BUCKET_NAME], bucketName = { BUCKET: process.env.BUCKET };',
  "process.on('SIGTERM', () => { console.log('bye'); });",
  "process.on('SIGTERM', () => console.log(event));",
  'return { statusCode: 200, body: { event } };',
  'return { statusCode: 200, body: [event], seen: new Set([event]), map: new Map(), big: 10n };',
  'return { batchItemFailures: [{ id: event.messageId }, { itemIdentifier: event.receiptHandle }] };',
  'label: for (const x of event.Records) { await fetch(x.url); continue label; }',
  '/* before */ const db = await createConnection({ uri: process.env.DB }); // behind',
  'kept.push(event);',
] as const;

const head =
  "import { S3Client } from '@aws-sdk/client-s3';\nimport { createConnection } from 'mysql2/promise';\nconst kept = [];\n";

/** Offsets at which a statement may stand within a function. */
function statementStarts(text: string, extension: string): readonly number[] {
  const source = ts.createSourceFile(`handler${extension}`, text, ts.ScriptTarget.ESNext, true);
  const starts: number[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isBlock(node)) starts.push(...node.statements.map(statement => statement.getStart(source)));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return starts;
}

suite('fixes on any code', () => {
  test('leave it parseable, and every name declared once and where it was', function () {
    this.timeout(180_000);
    const choice = fc.record({
      file: fc.constantFrom(...texts),
      inserted: fc.array(fc.record({ piece: fc.constantFrom(...pieces), at: fc.nat(1000) }), {
        minLength: 1,
        maxLength: 3,
      }),
      newLine: fc.constantFrom('\n', '\r\n'),
    });
    const tried = new Map<string, number>();
    fc.assert(
      fc.property(choice, ({ file: { text, extension }, inserted, newLine }) => {
        const starts = statementStarts(text, extension);
        if (starts.length === 0) return;
        const edits = inserted.map(({ piece, at }) => {
          const start = starts[at % starts.length] ?? 0;
          return { start, end: start, newText: `${piece}\n` };
        });
        const before = (head + applyEdits(text, edits)).replaceAll(/\r?\n/g, newLine);
        const path = `/app/handler${extension}`;
        const errors = nameErrors(path, before);
        for (const { rule, fix } of findingsOf(before, extension)) {
          if (!fix) continue;
          tried.set(rule, (tried.get(rule) ?? 0) + 1);
          const after = applyEdits(before, fix.edits);
          const added = nameErrors(path, after).filter(code => !errors.includes(code));
          assert.deepEqual(added, [], `${rule}, ${fix.title}:\n${after}`);
        }
      }),
      { numRuns: 300 },
    );
    assert.ok(tried.size >= 9, [...tried].join('; '));
  });
});
