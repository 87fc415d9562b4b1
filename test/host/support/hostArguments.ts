import { parseArgs } from 'node:util';

/** The part of VS Code's command line that `@vscode/test-electron` and our scenarios use. */
export interface HostArguments {
  /** A folder or a `.code-workspace` file; absent: an empty window. */
  readonly workspace?: string;
  readonly extensionDevelopmentPaths: readonly string[];
  readonly extensionTestsPath: string;
  readonly userDataDirectory: string;
  readonly extensionsDirectory: string;
  readonly disableExtensions: boolean;
  readonly disableWorkspaceTrust: boolean;
}

const flag = { type: 'boolean', default: false } as const;
const path = { type: 'string', default: '' } as const;

/** Throws where the command line asks for something that this host would not do. */
export function parseHostArguments(args: readonly string[]): HostArguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      extensionDevelopmentPath: { type: 'string', multiple: true, default: [] },
      extensionTestsPath: path,
      'user-data-dir': path,
      'extensions-dir': path,
      'disable-extensions': flag,
      'disable-workspace-trust': flag,
      // A desktop VS Code needs these and a server does not.
      'no-sandbox': flag,
      'disable-gpu-sandbox': flag,
      'disable-updates': flag,
      'skip-welcome': flag,
      'skip-release-notes': flag,
      'no-cached-data': flag,
    },
  });
  for (const name of ['extensionTestsPath', 'user-data-dir', 'extensions-dir'] as const)
    if (values[name] === '') throw new Error(`This host is for tests: it needs --${name}=<path>.`);
  const [workspace, ...others] = positionals;
  if (others.length > 0) throw new Error(`This host opens one folder, not ${positionals.join(', ')}.`);
  return {
    ...(workspace === undefined ? {} : { workspace }),
    extensionDevelopmentPaths: values.extensionDevelopmentPath,
    extensionTestsPath: values.extensionTestsPath,
    userDataDirectory: values['user-data-dir'],
    extensionsDirectory: values['extensions-dir'],
    disableExtensions: values['disable-extensions'],
    disableWorkspaceTrust: values['disable-workspace-trust'],
  };
}
