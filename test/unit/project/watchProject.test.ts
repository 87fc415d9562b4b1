import assert from 'node:assert/strict';
import type { ProjectModel } from '../../../src/model/functionDefinition.ts';
import { type WatchFolder, watchProject } from '../../../src/project/watchProject.ts';
import type { Clock } from '../../../src/shared/clock.ts';
import { toDisposable } from '../../../src/shared/disposable.ts';
import { memoryFiles } from './support/memoryFiles.ts';

const template = (name: string) => `
Resources:
  ${name}: { Type: AWS::Serverless::Function, Properties: { Handler: src/index.handler, Runtime: nodejs24.x } }
`;

suite('watching a project', () => {
  test('each change is told once, after it has been quiet', async () => {
    const watch = start({ 'template.yaml': template('First') });
    assert.deepEqual(
      (await watch.next()).functions.map(f => f.name),
      ['First'],
    );
    watch.write('template.yaml', template('Second'));
    watch.write('template.yaml', template('Third'));
    assert.equal(watch.told(), 0);
    watch.pass(100);
    assert.deepEqual(
      (await watch.next()).functions.map(f => f.name),
      ['Third'],
    );
    assert.equal(watch.told(), 0);
  });

  test('a template that breaks keeps the functions that it had, and has a problem', async () => {
    const watch = start({
      'template.yaml': template('Kept'),
      'src/index.ts': '',
      'other/template.yaml': template('Other'),
      'other/src/index.ts': '',
    });
    await watch.next();
    watch.write('template.yaml', `${template('Kept')}\n  }`);
    watch.pass(100);
    const broken = await watch.next();
    assert.deepEqual(
      broken.functions.map(f => f.name),
      ['Other', 'Kept'],
    );
    assert.match(broken.problems[0]?.message ?? '', /does not parse/);
    watch.write('template.yaml', template('Mended'));
    watch.pass(100);
    const mended = await watch.next();
    assert.deepEqual(
      mended.functions.map(f => f.name),
      ['Other', 'Mended'],
    );
    assert.deepEqual(mended.problems, []);
  });

  test('a handler that is created is found, in a folder that did not exist either', async () => {
    const watch = start({ 'template.yaml': template('Hello') });
    assert.equal((await watch.next()).functions[0]?.entryFile, undefined);
    watch.write('src/index.ts', '');
    watch.pass(100);
    assert.equal((await watch.next()).functions[0]?.entryFile, '/project/src/index.ts');
  });

  test('a template that is deleted takes its functions along', async () => {
    const watch = start({ 'template.yaml': template('Hello') });
    await watch.next();
    watch.write('template.yaml', undefined);
    watch.pass(100);
    assert.deepEqual((await watch.next()).functions, []);
  });

  test('only the root and the folders of templates and handlers are watched', async () => {
    const watch = start({ 'a/template.yaml': template('A'), 'a/src/index.ts': '', 'b/notes.md': '' });
    await watch.next();
    assert.deepEqual(watch.folders(), ['/project', '/project/a', '/project/a/src']);
    watch.dispose();
    assert.deepEqual(watch.folders(), []);
  });

  test('nothing is told once disposed', async () => {
    const watch = start({ 'template.yaml': template('Hello') });
    await watch.next();
    watch.write('template.yaml', template('Late'));
    watch.dispose();
    watch.pass(100);
    await new Promise(setImmediate);
    assert.equal(watch.told(), 0);
  });

  test('a folder that cannot be watched is told, and the project still read', async () => {
    const errors: string[] = [];
    const watch = start({ 'template.yaml': template('Hello') }, errors, () => {
      throw new Error('no more watches');
    });
    assert.equal((await watch.next()).functions.length, 1);
    assert.deepEqual(errors, ['Changes in /project will not be noticed: no more watches']);
  });
});

/** A project in memory that is watched under a clock that only `pass` moves. */
function start(initial: Readonly<Record<string, string>>, errors: string[] = [], refuse?: WatchFolder) {
  const contents = new Map(Object.entries(initial));
  const watched = new Map<string, (name: string | undefined) => void>();
  const models: ProjectModel[] = [];
  let waiting: ((model: ProjectModel) => void) | undefined;
  const timers = new Set<() => void>();
  const clock: Clock = {
    now: () => 0,
    monotonic: () => 0,
    after(_ms, callback) {
      timers.add(callback);
      return toDisposable(() => timers.delete(callback));
    },
  };
  const tell = (model: ProjectModel) => {
    if (!waiting) models.push(model);
    waiting?.(model);
    waiting = undefined;
  };
  const watchFolder: WatchFolder = (folder, onChange) => {
    const exists = [...contents.keys()].some(path => `/project/${path}`.startsWith(`${folder}/`));
    if (!exists) throw Object.assign(new Error('missing'), { code: 'ENOENT' });
    watched.set(folder, onChange);
    return toDisposable(() => watched.delete(folder));
  };
  const watching = watchProject('/project', tell, {
    files: memoryFiles(contents),
    clock,
    watchFolder: refuse ?? watchFolder,
    onError: error => errors.push(error.message),
  });
  return {
    dispose: () => watching.dispose(),
    told: () => models.length,
    folders: () => [...watched.keys()].sort(),
    next(): Promise<ProjectModel> {
      const model = models.shift();
      return model ? Promise.resolve(model) : new Promise(resolve => (waiting = resolve));
    },
    /** Undefined deletes. The folders above hear of it as they would from the system. */
    write(path: string, text: string | undefined): void {
      if (text === undefined) contents.delete(path);
      else contents.set(path, text);
      const parts = `/project/${path}`.split('/');
      for (let length = parts.length - 1; length > 1; length -= 1) {
        watched.get(parts.slice(0, length).join('/'))?.(parts[length] ?? '');
      }
    },
    pass(_ms: number): void {
      for (const callback of [...timers]) {
        timers.delete(callback);
        callback();
      }
    },
  };
}
