import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ts } from 'ts-morph';
import { parse, reparse } from '../../../src/analyzer/syntax.ts';

const text = `import { S3Client } from '@aws-sdk/client-s3';
const s3 = new S3Client({ region: 'eu-west-1' });
export const handler = async (event: { Records: string[] }) => {
  for (const record of event.Records) await s3.send(\`\${record} \${1 + 2}\`);
  return event.Records.map(record => record.trim() / 2 / 1);
};
class Api<T> { #x = 1; get y() { return this.#x as unknown as T; } }
`;

/** The tree as text: kinds, places and names. */
function describeTree(node: ts.Node): string {
  const children: string[] = [];
  ts.forEachChild(node, child => void children.push(describeTree(child)));
  return `${node.kind}@${node.pos}-${node.end}(${children.join(' ')})`;
}

function hasParents(node: ts.Node): boolean {
  let all = true;
  ts.forEachChild(node, child => {
    if (child.parent !== node || !hasParents(child)) all = false;
  });
  return all;
}

suite('parsing the next version of a text', () => {
  test('gives the tree that parsing it afresh gives, after any row of edits', () => {
    const edit = fc.record({
      at: fc.nat(text.length),
      length: fc.nat(40),
      insert: fc.oneof(
        fc.string({ maxLength: 12 }),
        fc.constantFrom('{', '}', '`', '(', '/', '\n', '=> ', '"'),
      ),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), edits => {
        let source = parse('/app/handler.ts', text);
        let now = text;
        for (const { at, length, insert } of edits) {
          now = now.slice(0, at) + insert + now.slice(at + length);
          source = reparse(source, now);
          assert.equal(source.text, now);
          assert.equal(describeTree(source), describeTree(parse('/app/handler.ts', now)));
          assert.ok(hasParents(source));
        }
      }),
      { numRuns: 150 },
    );
  });
});
