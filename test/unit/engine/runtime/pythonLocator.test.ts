import assert from 'node:assert/strict';
import { pythonCandidates } from '../../../../src/engine/runtime/pythonLocator.ts';

suite('where Python is looked for', () => {
  const found = (files: readonly string[], searchPath: string, platform = 'linux') =>
    pythonCandidates('python3.13', searchPath, platform, { isExecutableFile: file => files.includes(file) });

  test('the runtime’s own version comes before any other, wherever it is', () =>
    assert.deepEqual(found(['/a/python3', '/b/python3.13', '/b/python3'], '/a:/b'), [
      '/b/python3.13',
      '/a/python3',
      '/b/python3',
    ]));

  test('relative folders of the PATH are left out', () =>
    assert.deepEqual(found(['bin/python3', './python3', '/a/python3'], 'bin:.::/a'), ['/a/python3']));

  test('on Windows it may be called python', () =>
    assert.deepEqual(found(['C:\\Py\\python.exe'], 'C:\\Py;D:\\', 'win32'), ['C:\\Py\\python.exe']));

  test('there may be none', () => assert.deepEqual(found([], '/a:/b'), []));
});
