import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProjectModel } from '../../../src/model/functionDefinition.ts';
import { readProject } from '../../../src/project/readProject.ts';
import { watchProject } from '../../../src/project/watchProject.ts';
import type { Disposable } from '../../../src/shared/disposable.ts';

const template = (name: string) =>
  `Resources:\n  ${name}: { Type: AWS::Serverless::Function, Properties: { Handler: src/index.handler, Runtime: nodejs24.x } }\n`;

suite('projects on a real file system', () => {
  let root = '';
  let watching: Disposable | undefined;

  setup(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), 'lambda-lens-project-')));
  });

  teardown(async () => {
    watching?.dispose();
    await rm(root, { recursive: true, force: true });
  });

  test('templates are found below the root, but not in what is installed, built or hidden', async () => {
    for (const folder of ['services/orders', 'node_modules/x', '.aws-sam/build', 'dist']) {
      await mkdir(join(root, folder), { recursive: true });
      await writeFile(join(root, folder, 'template.yaml'), template(folder.replace(/\W/g, '')));
    }
    const model = await readProject(root);
    assert.deepEqual(
      model.functions.map(f => f.name),
      ['servicesorders'],
    );
  });

  test('written, replaced, moved away and brought back: each is noticed', async () => {
    await writeFile(join(root, 'template.yaml'), template('One'));
    const models = collect();
    await models.until(model => model.functions[0]?.name === 'One');
    await writeFile(join(root, 'template.yaml'), template('Two'));
    await models.until(model => model.functions[0]?.name === 'Two');
    await writeFile(join(root, 'new.tmp'), template('Three'));
    await rename(join(root, 'new.tmp'), join(root, 'template.yaml'));
    await models.until(model => model.functions[0]?.name === 'Three');
    await mkdir(join(root, 'src'));
    await writeFile(join(root, 'src', 'index.ts'), '');
    await models.until(model => model.functions[0]?.entryFile === join(root, 'src', 'index.ts'));
    await rm(join(root, 'src'), { recursive: true });
    await models.until(model => model.functions[0]?.entryFile === undefined);
    await mkdir(join(root, 'src'));
    await writeFile(join(root, 'src', 'index.ts'), '');
    await models.until(model => model.functions[0]?.entryFile !== undefined);
  });

  function collect() {
    let latest: ProjectModel | undefined;
    let check = () => {};
    watching = watchProject(
      root,
      model => {
        latest = model;
        check();
      },
      {
        onError: error => {
          throw error;
        },
      },
    );
    return {
      until: (holds: (model: ProjectModel) => boolean) =>
        new Promise<void>(resolve => {
          check = () => {
            if (latest && holds(latest)) resolve();
          };
          check();
        }),
    };
  }
});
