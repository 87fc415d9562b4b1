import assert from 'node:assert/strict';
import { findNode, type NodeSearch } from '../../../../src/engine/runtime/nodeLocator.ts';

const engine = '/opt/editor/editor';

/** What is chosen on a machine that has these executables. */
function chosen(executables: readonly string[], search: Partial<NodeSearch> = {}): string {
  const choice = findNode({
    major: 24,
    platform: 'linux',
    homeDirectory: '/home/me',
    variables: { PATH: '/usr/local/bin:/usr/bin' },
    execPath: engine,
    electron: true,
    files: {
      list: directory => {
        const below = executables.filter(file => file.startsWith(`${directory}/`));
        return [...new Set(below.map(file => file.slice(directory.length + 1).split('/')[0] ?? ''))];
      },
      isExecutableFile: file => executables.includes(file),
    },
    ...search,
  });
  return choice.kind === 'missing' ? choice.message : `${choice.source}: ${choice.executable}`;
}

suite('finding Node.js for handlers', () => {
  const onPath = '/usr/bin/node';
  const nvm24 = '/home/me/.nvm/versions/node/v24.1.0/bin/node';

  test('the setting comes first', () => {
    assert.equal(chosen(['/my/node', nvm24, onPath], { configured: '/my/node' }), 'setting: /my/node');
  });

  test('a setting that names nothing is an error, not a reason to take another', () => {
    assert.equal(
      chosen([nvm24, onPath], { configured: '/my/node' }),
      'The setting lambdaLens.node.path names "/my/node", which is not an executable file. Correct the setting, or remove it to have Node.js found.',
    );
  });

  test('a relative setting is an error', () => {
    assert.match(chosen([onPath], { configured: 'node' }), /must be an absolute path, not "node"/);
  });

  for (const [manager, file] of Object.entries({
    nvm: nvm24,
    fnm: '/home/me/.local/share/fnm/node-versions/v24.1.0/installation/bin/node',
    'fnm of old': '/home/me/.fnm/node-versions/v24.1.0/installation/bin/node',
    'fnm on macOS': '/home/me/Library/Application Support/fnm/node-versions/v24.1.0/installation/bin/node',
    volta: '/home/me/.volta/tools/image/node/24.1.0/bin/node',
    asdf: '/home/me/.asdf/installs/nodejs/24.1.0/bin/node',
    mise: '/home/me/.local/share/mise/installs/node/24.1.0/bin/node',
  })) {
    test(`an install by ${manager} comes before the search path`, () => {
      assert.equal(chosen([onPath, file]), `versionManager: ${file}`);
    });
  }

  test("a version manager's own folder is honoured", () => {
    const file = '/data/nvm/versions/node/v24.0.0/bin/node';
    const variables = { NVM_DIR: '/data/nvm', PATH: '/usr/bin' };
    assert.equal(chosen([file, onPath], { variables }), `versionManager: ${file}`);
  });

  test('the newest install of the major version is taken, whoever made it', () => {
    const newer = '/home/me/.volta/tools/image/node/24.10.0/bin/node';
    assert.equal(
      chosen([nvm24, newer, '/home/me/.nvm/versions/node/v24.9.1/bin/node']),
      `versionManager: ${newer}`,
    );
  });

  test('installs of other major versions, links and empty folders are passed over', () => {
    const others = [
      '/home/me/.nvm/versions/node/v22.1.0/bin/node',
      '/home/me/.local/share/mise/installs/node/24/bin/node',
      '/home/me/.local/share/mise/installs/node/lts/bin/node',
      '/home/me/.nvm/versions/node/v24.3.0/README',
    ];
    assert.equal(chosen([...others, onPath]), `path: ${onPath}`);
  });

  test('the search path is read in its order, without relative folders', () => {
    const variables = { PATH: 'bin:/usr/local/bin:/usr/bin' };
    assert.equal(chosen(['/usr/local/bin/node', onPath], { variables }), 'path: /usr/local/bin/node');
  });

  test('what runs the engine comes last, and behaves as Node.js', () => {
    const choice = findNode({
      major: 24,
      platform: 'linux',
      homeDirectory: '/home/me',
      variables: {},
      execPath: engine,
      electron: true,
      files: { list: () => [], isExecutableFile: () => false },
    });
    assert.deepEqual(choice, {
      kind: 'found',
      executable: engine,
      source: 'engine',
      variables: { ELECTRON_RUN_AS_NODE: '1' },
    });
  });

  test('Windows has its own folders and names', () => {
    const file = 'C:\\nvm\\v24.1.0\\node.exe';
    const choice = findNode({
      major: 24,
      platform: 'win32',
      homeDirectory: 'C:\\Users\\me',
      variables: { NVM_HOME: 'C:\\nvm', Path: 'C:\\bin' },
      execPath: 'C:\\editor.exe',
      electron: true,
      files: {
        list: directory => (directory === 'C:\\nvm' ? ['v24.1.0', 'settings.txt'] : []),
        isExecutableFile: candidate => candidate === file,
      },
    });
    assert.equal(choice.kind === 'found' && choice.executable, file);
  });
});
