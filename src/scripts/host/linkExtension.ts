import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Makes VS Code load an extension from where it is, as if it were installed: a server's workbench has
 * no development extensions outside of its smoke tests.
 */
export async function linkExtension(extension: string, extensionsDirectory: string): Promise<void> {
  const { publisher, name, version } = JSON.parse(
    await readFile(join(extension, 'package.json'), 'utf8'),
  ) as Record<'publisher' | 'name' | 'version', string>;
  const installed = [
    {
      identifier: { id: `${publisher}.${name}` },
      version,
      location: { $mid: 1, path: extension, scheme: 'file' },
      metadata: { source: 'vsix', installedTimestamp: Date.now() },
    },
  ];
  await mkdir(extensionsDirectory, { recursive: true });
  await writeFile(join(extensionsDirectory, 'extensions.json'), JSON.stringify(installed));
}
