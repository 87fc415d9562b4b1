// package.json against the table of contributions, and both against the code.
import assert from 'node:assert/strict';
import { renderManifest } from '../../src/scripts/docs.ts';
import {
  commands,
  contextKeys,
  settingChoices,
  settingDefaults,
  views,
} from '../../src/vscode/contributions.ts';
import { listFiles, readJson, readText } from '../support/repository.ts';
import type { ContributedSetting, Manifest } from './manifest.ts';

suite('manifest', () => {
  let manifest: Manifest;
  let sources: string;
  suiteSetup(async () => {
    manifest = await readJson('package.json');
    const files = await listFiles('src/extension.ts', 'src/vscode/**/*.ts');
    const texts = await Promise.all(files.filter(file => !file.endsWith('/contributions.ts')).map(readText));
    sources = texts.join('\n');
  });
  const contributed = () => manifest.contributes;
  const settings = (): readonly (readonly [string, ContributedSetting])[] =>
    contributed().configuration.flatMap(group => Object.entries(group.properties));

  test('the commands are those of the table, and each is registered once', () => {
    const registered = [...sources.matchAll(/registerCommand\(\s*[^,()]+,\s*'([^']+)'/g)].map(([, id]) => id);
    const expected = Object.keys(commands).sort();
    assert.deepEqual(
      contributed()
        .commands.map(({ command }) => command)
        .sort(),
      expected,
    );
    assert.deepEqual(registered.sort(), expected);
  });

  test('every command has a title, the category, an icon and an enablement', () => {
    for (const { command, title, category, icon, enablement } of contributed().commands) {
      assert.match(title, /^[A-Z]/, command);
      assert.equal(category, 'Lambda Lens', command);
      assert.match(icon, /^\$\([a-z-]+\)$/, command);
      assert.ok(enablement, command);
    }
  });

  test('every command is placed in a menu, and menus name no other commands', () => {
    const { commandPalette = [], ...menus } = contributed().menus;
    const placed = new Set(Object.values(menus).flatMap(items => items.map(({ command }) => command)));
    assert.deepEqual([...placed].sort(), Object.keys(commands).sort());
    for (const { command } of commandPalette) assert.ok(command in commands, command);
  });

  test('the settings are those of the table, with its defaults', () => {
    const defaults = settings().map(([name, setting]) => [name, setting.default]);
    const expected = Object.entries(settingDefaults).map(([name, value]) => [`lambdaLens.${name}`, value]);
    assert.deepEqual(Object.fromEntries(defaults), Object.fromEntries(expected));
  });

  test('the choices of a setting are those of the table, each with a description', () => {
    const choices = settings().filter(([, setting]) => setting.enum);
    assert.deepEqual(
      Object.fromEntries(choices.map(([name, setting]) => [name, setting.enum])),
      Object.fromEntries(
        Object.entries(settingChoices).map(([name, values]) => [`lambdaLens.${name}`, [...values]]),
      ),
    );
    for (const [name, setting] of choices)
      assert.equal(setting.enumDescriptions?.length, setting.enum?.length, name);
  });

  test('the rules whose severity can be set are those that "npm run docs" finds', async () => {
    const text = await readText('package.json');
    assert.equal(text, renderManifest(text));
  });

  test('every setting has a type, a scope and a markdownDescription', () => {
    const scopes = ['application', 'machine', 'machine-overridable', 'window', 'resource'];
    for (const [name, setting] of settings()) {
      assert.equal(setting.type, typeof setting.default, name);
      assert.ok(scopes.includes(setting.scope), name);
      assert.match(setting.markdownDescription, /\.$/, name);
    }
  });

  test('settings that name executables, endpoints, profiles or regions are not read in Restricted Mode', () => {
    const { untrustedWorkspaces, virtualWorkspaces } = manifest.capabilities;
    const sensitive = settings()
      .map(([name]) => name)
      .filter(name => /path|endpoint|profile|region|services/i.test(name));
    assert.ok(sensitive.length > 0);
    assert.equal(untrustedWorkspaces.supported, 'limited');
    assert.equal(virtualWorkspaces.supported, 'limited');
    assert.deepEqual([...untrustedWorkspaces.restrictedConfigurations].sort(), sensitive.sort());
  });

  test('the views are those of the table, each with an icon and a welcome', () => {
    const { views: byContainer, viewsContainers, viewsWelcome } = contributed();
    const all = Object.values(byContainer).flat();
    assert.deepEqual(all.map(({ id }) => id).sort(), [...views].sort());
    assert.deepEqual(
      Object.keys(byContainer),
      viewsContainers.activitybar.map(({ id }) => id),
    );
    for (const { id, icon } of all) {
      assert.ok(icon, id);
      assert.ok(
        viewsWelcome.some(({ view }) => view === id),
        id,
      );
      assert.ok(sources.includes(`'${id}'`), id);
    }
  });

  test('when-clauses ask for the context keys of the table, and each is set by the code', () => {
    const clauses = [...clausesOf(manifest.contributes)].join('\n').matchAll(/(?<!== )lambdaLens\.[\w.]+/g);
    const asked = new Set([...clauses].map(([key]) => key));
    assert.deepEqual([...asked].sort(), [...contextKeys].sort());
    const set = [...sources.matchAll(/'setContext',\s*'([^']+)'/g)].map(([, key]) => key ?? '');
    assert.deepEqual([...new Set(set)].sort(), [...contextKeys].sort());
  });

  test('activation is by shallow patterns, languages and what is our own only', () => {
    assert.ok(manifest.activationEvents.length > 0);
    const own = 'onDebugResolve:lambda-lens|onFileSystem:lambda-lens-[a-z]+';
    for (const event of manifest.activationEvents)
      assert.match(event, new RegExp(`^(workspaceContains:[^*/]+|onLanguage:[a-z]+|${own})$`));
    assert.deepEqual(manifest.extensionKind, ['workspace']);
  });

  test('JSON does not activate: VS Code itself reads JSON in windows that have nothing to do with Lambda', () => {
    const languages = manifest.activationEvents.filter(event => event.startsWith('onLanguage:json'));
    assert.deepEqual(languages, []);
  });

  test('the API that is compiled against is the oldest that is promised', () => {
    const promised = manifest.engines.vscode.replace('^', '');
    assert.equal(manifest.devDependencies['@types/vscode'], promised);
  });

  test('every script is there', async () => {
    const scripts = await listFiles('src/scripts/*');
    for (const [name, command] of Object.entries(manifest.scripts)) {
      const [, file] = /^node src\/scripts\/bootstrap\.mjs (\S+)/.exec(command) ?? [];
      if (file !== undefined) assert.ok(scripts.includes(`src/scripts/${file}`), name);
    }
  });
});

/** Every `when` and `enablement` of the manifest. */
function* clausesOf(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    if ((key === 'when' || key === 'enablement') && typeof child === 'string') yield child;
    else yield* clausesOf(child);
  }
}
