import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nodeFileSystem } from '../../../src/analyzer/modules/fileSystem.ts';
import { SourceStore } from '../../../src/analyzer/modules/sourceStore.ts';
import { analyzeOpenFile } from '../../../src/analyzer/openFile.ts';
import type { AnalyzedFile } from '../../../src/analyzer/protocol.ts';
import { StatementIndex } from '../../../src/analyzer/statements.ts';

const handlers = join(import.meta.dirname, '..', '..', 'fixtures', 'handlers');

interface Shown {
  readonly path: string;
  readonly lines: readonly string[];
  readonly analyzed: AnalyzedFile;
}

suite('what an editor shows of realistic handlers', () => {
  const files: Shown[] = [];

  suiteSetup(async () => {
    const services = { store: new SourceStore(nodeFileSystem), index: new StatementIndex(), checkpoint() {} };
    for await (const name of glob('*/**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}', { cwd: handlers })) {
      const path = join(handlers, name);
      const text = await readFile(path, 'utf8');
      const analyzed = analyzeOpenFile({ file: path, text, version: 1, mode: 'edges' }, services);
      files.push({ path, lines: text.split('\n'), analyzed });
    }
    assert.ok(files.length > 40);
  });

  test('is quiet: two hints on average, and no more than six', () => {
    const withHints = files.filter(({ analyzed }) => analyzed.hints.length > 0);
    const counts = withHints.map(({ analyzed }) => analyzed.hints.length);
    const average = counts.reduce((sum, count) => sum + count, 0) / files.length;
    assert.ok(average <= 2, `${average} hints in a file`);
    for (const { path, analyzed } of files)
      assert.ok(analyzed.hints.length <= 6, `${analyzed.hints.length} in ${path}`);
  });

  test('stands on lines with code, and hints and marks in the order of the lines', () => {
    for (const { path, lines, analyzed } of files) {
      for (const places of [analyzed.hints, analyzed.marks]) {
        for (const { line, column } of places)
          assert.match(lines[line - 1]?.slice(column - 1) ?? '', /^\S/, `${path}:${line}:${column}`);
        assert.ok(
          places.every(({ line }, index) => line > (places[index - 1]?.line ?? 0)),
          path,
        );
      }
    }
  });

  test('has bands that do not meet, of two phases where they touch', () => {
    for (const { path, lines, analyzed } of files) {
      let last: AnalyzedFile['bands'][number] | undefined;
      for (const band of analyzed.bands) {
        assert.ok(band.startLine > (last?.endLine ?? 0) && band.endLine >= band.startLine, path);
        assert.ok(band.endLine <= lines.length, path);
        if (last?.endLine === band.startLine - 1) assert.notEqual(band.phase, last.phase, path);
        last = band;
      }
    }
  });

  test('sums every handler up', () => {
    for (const { path, analyzed } of files) {
      for (const { handler, statements, files: reached } of analyzed.summaries)
        assert.ok(statements.invoke > 0 && reached > 0, `${path}: ${handler.name}`);
    }
  });
});
