import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { renderReadme } from '../../src/scripts/docs.ts';
import { listFiles, readJson, readText, root } from '../support/repository.ts';

suite('documents', () => {
  test('the tables of README.md are what "npm run docs" writes', async () => {
    const readme = await readText('README.md');
    assert.equal(readme, renderReadme(readme, await readJson('package.json')));
  });

  test('a README without a marker is refused', async () => {
    const manifest = await readJson<Parameters<typeof renderReadme>[1]>('package.json');
    assert.throws(() => renderReadme('# Nothing', manifest), /no marker <!-- commands -->/);
  });

  test('ARCHITECTURE.md gives a reason for every dependency', async () => {
    const { devDependencies } = await readJson<{ devDependencies: Record<string, string> }>('package.json');
    const architecture = await readText('ARCHITECTURE.md');
    const [section = ''] = architecture.split('\n## ').filter(part => part.startsWith('Dependencies\n'));
    const named = [...section.matchAll(/`([^`]+)`/g)].map(([, name]) => name);
    assert.deepEqual(
      Object.keys(devDependencies).filter(name => !named.includes(name)),
      [],
    );
  });

  test('links between the documents lead somewhere', async () => {
    const broken: string[] = [];
    for (const file of await listFiles('*.md', 'docs/**/*.md', 'samples/*.md', 'media/**/*.md')) {
      for (const [, target = ''] of (await readText(file)).matchAll(/\]\(([^)\s#]+)[^)]*\)/g)) {
        if (/^\w+:/.test(target)) continue;
        if (!existsSync(join(root, dirname(file), decodeURI(target)))) broken.push(`${file}: ${target}`);
      }
    }
    assert.deepEqual(broken, []);
  });
});
