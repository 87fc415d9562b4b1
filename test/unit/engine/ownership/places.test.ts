import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { linuxStartTime } from '../../../../src/engine/ownership/processIdentity.ts';
import { rendezvousDirectory } from '../../../../src/engine/ownership/rendezvous.ts';

suite('where an engine and its clients meet', () => {
  const name = '8a5edab282632443219e051e4ade2d1d5bbc671c781051bf1437897cbdfea0f1';
  const check = (platform: NodeJS.Platform, env: Readonly<Record<string, string>>, expected: string) =>
    test(`${platform} ${Object.keys(env).join()}`, () =>
      assert.equal(
        rendezvousDirectory('/', env, platform).replaceAll('\\', '/'),
        `${expected}/lambda-lens/engines/${name}`,
      ));
  // The SHA-256 of the root, which is / here.
  const home = homedir().replaceAll('\\', '/');
  check('linux', { XDG_STATE_HOME: '/state' }, '/state');
  check('linux', {}, `${home}/.local/state`);
  check('linux', { XDG_STATE_HOME: '' }, `${home}/.local/state`);
  check('darwin', {}, `${home}/Library/Application Support`);
  check('win32', { LOCALAPPDATA: 'C:/Users/u/AppData/Local' }, 'C:/Users/u/AppData/Local');

  test('is another place for another folder', () =>
    assert.notEqual(rendezvousDirectory('/a', {}, 'linux'), rendezvousDirectory('/b', {}, 'linux')));
});

suite('when a process began', () => {
  const stat = (name: string, state: string) =>
    `1234 (${name}) ${state} 1 1234 1234 0 -1 4194560 1 0 0 0 1 2 0 0 20 0 11 0 987654 1000 200 184`;
  const check = (what: string, text: string, expected: string | undefined) =>
    test(what, () => assert.equal(linuxStartTime(text), expected));
  check('is field 22 of its status', stat('node', 'S'), '987654');
  check('whatever its name holds', stat('a) (b S 1 2', 'T'), '987654');
  check('and nothing when it has ended', stat('node', 'Z'), undefined);
});
