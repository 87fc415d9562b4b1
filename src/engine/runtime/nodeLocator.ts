import path from 'node:path';

/** What is known of the machine when a Node.js executable is looked for. */
export interface NodeSearch {
  /** The setting `lambdaLens.node.path`. */
  readonly configured?: string;
  /** The major version of the function's runtime: 24 for `nodejs24.x`. */
  readonly major: number;
  readonly platform: string;
  readonly homeDirectory: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** The executable that runs the engine. */
  readonly execPath: string;
  /** Whether that is an editor's Electron. */
  readonly electron: boolean;
  readonly files: FileListing;
}

/** The part of a file system that finding an executable needs. */
export interface FileListing {
  /** The names in a folder; none where there is no such folder. */
  list(directory: string): readonly string[];
  isExecutableFile(file: string): boolean;
}

export type NodeChoice =
  | {
      readonly kind: 'found';
      readonly executable: string;
      readonly source: 'setting' | 'versionManager' | 'path' | 'engine';
      /** What the executable needs in its environment to behave as Node.js. */
      readonly variables: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'missing'; readonly message: string };

/**
 * Which executable runs a Node.js handler: the one that the user chose, else a version manager's newest
 * install of the runtime's major version, else `node` on the PATH, else what runs the engine.
 */
export function findNode(search: NodeSearch): NodeChoice {
  if (search.configured !== undefined) return configuredNode(search, search.configured);
  const managed = managedNode(search);
  if (managed !== undefined) return found(managed, 'versionManager');
  const onPath = nodeOnPath(search);
  if (onPath !== undefined) return found(onPath, 'path');
  return found(search.execPath, 'engine', search.electron ? { ELECTRON_RUN_AS_NODE: '1' } : {});
}

function configuredNode(search: NodeSearch, configured: string): NodeChoice {
  if (!pathOf(search).isAbsolute(configured)) {
    return {
      kind: 'missing',
      message: `The setting lambdaLens.node.path must be an absolute path, not "${configured}".`,
    };
  }
  return search.files.isExecutableFile(configured)
    ? found(configured, 'setting')
    : {
        kind: 'missing',
        message:
          `The setting lambdaLens.node.path names "${configured}", which is not an executable file. ` +
          'Correct the setting, or remove it to have Node.js found.',
      };
}

/** Where a version manager keeps its installs, and where in one the executable is. */
interface VersionManager {
  readonly roots: readonly (string | undefined)[];
  readonly executable: readonly string[];
}

function managedNode(search: NodeSearch): string | undefined {
  const candidates = versionManagers(search).flatMap(manager =>
    manager.roots
      .filter(root => root !== undefined)
      .flatMap(root =>
        search.files.list(root).map(name => ({
          version: parseVersion(name),
          file: pathOf(search).join(root, name, ...manager.executable),
        })),
      ),
  );
  return candidates
    .filter(candidate => candidate.version?.[0] === search.major)
    .sort((a, b) => compareVersions(b.version ?? [], a.version ?? []))
    .find(candidate => search.files.isExecutableFile(candidate.file))?.file;
}

function versionManagers(search: NodeSearch): readonly VersionManager[] {
  const { variables, homeDirectory, platform } = search;
  const { join } = pathOf(search);
  const under = (base: string | undefined, ...rest: string[]) =>
    base === undefined || base === '' ? undefined : join(base, ...rest);
  if (platform === 'win32') {
    return [
      { roots: [variables.NVM_HOME], executable: ['node.exe'] },
      {
        roots: [under(variables.FNM_DIR ?? under(variables.APPDATA, 'fnm'), 'node-versions')],
        executable: ['installation', 'node.exe'],
      },
      {
        roots: [
          under(variables.VOLTA_HOME ?? under(variables.LOCALAPPDATA, 'Volta'), 'tools', 'image', 'node'),
        ],
        executable: ['node.exe'],
      },
    ];
  }
  const dataHome = variables.XDG_DATA_HOME ?? join(homeDirectory, '.local', 'share');
  return [
    {
      roots: [under(variables.NVM_DIR ?? join(homeDirectory, '.nvm'), 'versions', 'node')],
      executable: ['bin', 'node'],
    },
    {
      roots: [
        under(variables.FNM_DIR, 'node-versions'),
        join(dataHome, 'fnm', 'node-versions'),
        join(homeDirectory, '.fnm', 'node-versions'),
        join(homeDirectory, 'Library', 'Application Support', 'fnm', 'node-versions'),
      ],
      executable: ['installation', 'bin', 'node'],
    },
    {
      roots: [under(variables.VOLTA_HOME ?? join(homeDirectory, '.volta'), 'tools', 'image', 'node')],
      executable: ['bin', 'node'],
    },
    {
      roots: [under(variables.ASDF_DATA_DIR ?? join(homeDirectory, '.asdf'), 'installs', 'nodejs')],
      executable: ['bin', 'node'],
    },
    {
      roots: [under(variables.MISE_DATA_DIR ?? join(dataHome, 'mise'), 'installs', 'node')],
      executable: ['bin', 'node'],
    },
  ];
}

function nodeOnPath(search: NodeSearch): string | undefined {
  const { delimiter, isAbsolute, join } = pathOf(search);
  const name = search.platform === 'win32' ? 'node.exe' : 'node';
  const value = search.variables.PATH ?? search.variables.Path ?? '';
  return value
    .split(delimiter)
    .filter(directory => isAbsolute(directory))
    .map(directory => join(directory, name))
    .find(file => search.files.isExecutableFile(file));
}

/** `v24.1.0` and `24.1.0`; undefined for names such as `lts` and for partial versions, which are links. */
function parseVersion(name: string): readonly number[] | undefined {
  const match = /^v?(\d+)\.(\d+)\.(\d+)$/.exec(name);
  return match?.slice(1).map(Number);
}

function compareVersions(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < 3; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function pathOf(search: NodeSearch): path.PlatformPath {
  return search.platform === 'win32' ? path.win32 : path.posix;
}

function found(
  executable: string,
  source: 'setting' | 'versionManager' | 'path' | 'engine',
  variables: Readonly<Record<string, string>> = {},
): NodeChoice {
  return { kind: 'found', executable, source, variables };
}
