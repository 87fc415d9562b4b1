import assert from 'node:assert/strict';
import { OpenProjects } from '../../../../src/analyzer/templates/openProjects.ts';
import type { FunctionDefinition } from '../../../../src/model/functionDefinition.ts';
import type { OpenText } from '../../../../src/model/templateRequests.ts';
import { functionWith } from './support.ts';

const template = '/app/template.yaml';
const opened = (version: number, text = `text ${version}`): OpenText => ({ file: template, text, version });

/** A reader that makes functions anew when it is told of a change, unless the text is broken. */
function projects() {
  const asked: (readonly string[] | 'everything')[] = [];
  let functions: readonly FunctionDefinition[] = [];
  let fail = false;
  const open = new OpenProjects((root, textOf) => ({
    async read(changed) {
      asked.push(changed ? [...changed].sort() : 'everything');
      if (fail) throw new Error('a bug');
      if ((!changed || changed.has(template)) && textOf(template) !== 'broken') {
        functions = [functionWith({ name: textOf(template) ?? 'disk' })];
      }
      return { root, functions, problems: [], files: [template] };
    },
  }));
  return {
    asked,
    fail: (value: boolean) => {
      fail = value;
    },
    read: async (texts: readonly OpenText[], changed?: readonly string[]) => {
      const { model, versions } = await open.read({ root: '/app', open: texts, ...(changed && { changed }) });
      return { name: model.functions[0]?.name, version: versions[template] };
    },
  };
}

suite('a project with open editors', () => {
  test('is read from the disk first, and whole', async () => {
    const { asked, read } = projects();
    assert.deepEqual(await read([], ['/app/other']), { name: 'disk', version: undefined });
    assert.deepEqual(asked, ['everything']);
  });

  test('is what the editor shows, and says of which version', async () => {
    const { asked, read } = projects();
    await read([]);
    assert.deepEqual(await read([opened(1)], []), { name: 'text 1', version: 1 });
    assert.deepEqual(await read([opened(2)], []), { name: 'text 2', version: 2 });
    assert.deepEqual(await read([opened(2)], []), { name: 'text 2', version: 2 });
    assert.deepEqual(await read([], []), { name: 'disk', version: undefined });
    assert.deepEqual(asked, ['everything', [template], [template], [], [template]]);
  });

  test('keeps the places of the last version that could be read', async () => {
    const { read } = projects();
    await read([opened(1)]);
    assert.deepEqual(await read([opened(2, 'broken')], []), { name: 'text 1', version: 1 });
    assert.deepEqual(await read([opened(3, 'broken')], []), { name: 'text 1', version: 1 });
    assert.deepEqual(await read([opened(4)], []), { name: 'text 4', version: 4 });
  });

  test('has the places of no version where only the disk could be read', async () => {
    const { read } = projects();
    await read([]);
    assert.deepEqual(await read([opened(1, 'broken')], []), {
      name: 'disk',
      version: Number.NEGATIVE_INFINITY,
    });
  });

  test('is read whole again after the reader failed', async () => {
    const { asked, fail, read } = projects();
    await read([]);
    fail(true);
    await assert.rejects(read([], ['/app/a']), /a bug/);
    fail(false);
    await read([], ['/app/b']);
    assert.deepEqual(asked, ['everything', ['/app/a'], 'everything']);
  });

  test('is read for one request after another', async () => {
    const { asked, read } = projects();
    const answers = await Promise.all([
      read([opened(1)]),
      read([opened(2)], []),
      read([opened(3)], ['/app/a']),
    ]);
    assert.deepEqual(
      answers.map(({ version }) => version),
      [1, 2, 3],
    );
    assert.deepEqual(asked, ['everything', [template], ['/app/a', template]]);
  });
});
