import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { copySamples } from '../../../src/scripts/host/copySamples.ts';
import { packageExtension } from '../../../src/scripts/package.ts';
import type { Scenario } from './runScenario.ts';

const root = join(import.meta.dirname, '..', '..', '..');

const definitions: readonly Omit<Scenario, 'suites'>[] = [
  { name: 'samples', prepareWorkspace: copySamples },
  {
    name: 'templates',
    prepareWorkspace: folder =>
      cp(join(root, 'test', 'fixtures', 'host', 'templates'), folder, { recursive: true }),
    // In a browser, VS Code saves a second after every edit.
    settings: { 'files.autoSave': 'off' },
  },
  {
    name: 'debugging',
    prepareWorkspace: folder =>
      cp(join(root, 'test', 'fixtures', 'host', 'debugging'), folder, { recursive: true }),
    settings: { 'debug.openDebug': 'neverOpen' },
  },
  {
    name: 'versions',
    prepareWorkspace: folder =>
      cp(join(root, 'test', 'fixtures', 'host', 'versions'), folder, { recursive: true }),
    settings: { 'files.autoSave': 'off' },
  },
  { name: 'untrusted', prepareWorkspace: copySamples, trusted: false },
  {
    name: 'noFunctions',
    prepareWorkspace: folder => writeFile(join(folder, 'notes.ts'), 'export const answer = 42;\n'),
  },
  {
    name: 'installed',
    prepareWorkspace: copySamples,
    extension: join(root, 'test', 'fixtures', 'host', 'carrier'),
    installedVsix: () => packageExtension(`${process.platform}-${process.arch}`, join(root, 'out', 'vsix')),
  },
];

/** Each is one start of VS Code. Its tests are in test/host/suite/<name>. */
export const scenarios: readonly Scenario[] = definitions.map(definition => ({
  ...definition,
  suites: `test/host/suite/${definition.name}/**/*.test.ts`,
}));
