import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AnalyzerClient } from '../../../src/analyzer/client.ts';
import type { ProjectModel } from '../../../src/model/functionDefinition.ts';
import type { OpenText } from '../../../src/model/templateRequests.ts';
import { type BundledAnalyzer, bundleAnalyzer } from './bundle.ts';

const fixture = join(import.meta.dirname, '..', '..', 'fixtures', 'host', 'templates');

suite('templates in the analyzer thread', () => {
  let bundle: BundledAnalyzer;
  let client: AnalyzerClient;
  let root: string;
  let template: string;
  let text: string;
  suiteSetup(async () => {
    bundle = await bundleAnalyzer();
  });
  suiteTeardown(() => bundle.remove());
  setup(async () => {
    client = bundle.client();
    root = await mkdtemp(join(tmpdir(), 'lambda-lens-templates-'));
    await cp(fixture, root, { recursive: true });
    template = join(root, 'template.yaml');
    text = await readFile(template, 'utf8');
  });
  teardown(() => rm(root, { recursive: true, force: true }));

  const read = (open: readonly OpenText[], changed?: readonly string[]) =>
    client.readOpenProject({ root, open, ...(changed && { changed }) });
  const lineOf = (model: ProjectModel, name: string) => functionIn(model, name).definedAt.startLine;

  test('are read as the editor shows them, and as the disk has them again', async () => {
    const before = await read([]);
    const edited = { file: template, text: text.replace('Resources:', '\n\nResources:'), version: 2 };
    const during = await read([edited], []);
    const after = await read([], []);
    assert.deepEqual(
      [before, during, after].map(({ model }) => lineOf(model, 'orders')),
      [15, 17, 15],
    );
    assert.deepEqual(during.versions, { [template]: 2 });
  });

  test('that do not parse keep the functions of the version that did', async () => {
    await read([{ file: template, text, version: 1 }]);
    const broken = { file: template, text: text.replace('Resources:', 'Resources: ['), version: 2 };
    const { model, versions } = await read([broken], []);
    assert.equal(lineOf(model, 'orders'), 15);
    assert.deepEqual(versions, { [template]: 1 });
    assert.ok(model.problems.some(({ severity, range }) => severity === 'error' && range?.file === template));
  });

  test('are read again when the disk has changed', async () => {
    await read([]);
    await writeFile(join(root, 'src', 'refund.ts'), 'export const handler = async () => 1;\n');
    const { model } = await read([], [join(root, 'src', 'refund.ts')]);
    assert.equal(functionIn(model, 'refund').entryFile, join(root, 'src', 'refund.ts'));
  });

  test('lead to their handlers', async () => {
    const orders = join(root, 'src', 'orders.ts');
    const outcome = await client.locateHandlers({
      handlers: [
        { file: orders, exportPath: 'handler' },
        { file: orders, exportPath: 'status' },
      ],
      open: [],
    });
    assert.ok(outcome.kind === 'done');
    assert.deepEqual(outcome.value, [
      { kind: 'found', at: { file: orders, startLine: 6, startColumn: 14, endLine: 6, endColumn: 21 } },
      { kind: 'missing', exports: ['handler'] },
    ]);
  });

  test('are completed where a handler is being typed, although they do not parse without it', async () => {
    const typed = text.replace('Handler: "src/orders.status"', 'Handler: "src/');
    const line = typed.slice(0, typed.indexOf('"src/')).split('\n').length;
    const open = [{ file: template, text: typed, version: 2 }];
    const outcome = await client.completeHandler({ root, open, file: template, line, column: 21 });
    assert.ok(outcome.kind === 'done' && outcome.value);
    assert.deepEqual(outcome.value.range, {
      file: template,
      startLine: line,
      startColumn: 17,
      endLine: line,
      endColumn: 21,
    });
    assert.ok(outcome.value.handlers.some(({ handler }) => handler === 'src/orders.handler'));
  });

  test('are not completed where no function is', async () => {
    const typed = text.replace('QueueName: refunds', 'Handler: x');
    const line = typed.slice(0, typed.indexOf('Handler: x')).split('\n').length;
    const open = [{ file: template, text: typed, version: 2 }];
    const column = (typed.split('\n')[line - 1] ?? '').indexOf('x }') + 2;
    const outcome = await client.completeHandler({ root, open, file: template, line, column });
    assert.deepEqual(outcome, { kind: 'done', value: undefined });
  });

  test('are repaired', async () => {
    const { model } = await read([]);
    const outcome = await client.repairHandler({
      definition: functionIn(model, 'refund'),
      neighbours: [join(root, 'src', 'orders.ts')],
      open: [],
    });
    assert.ok(outcome.kind === 'done');
    assert.equal(outcome.value.existing[0]?.handler, 'src/orders.handler');
    assert.equal(outcome.value.creation?.file, join(root, 'src', 'refund.ts'));
  });
});

function functionIn({ functions }: ProjectModel, name: string) {
  const found = functions.find(each => each.name === name);
  assert.ok(found, `there is no function ${name}`);
  return found;
}
