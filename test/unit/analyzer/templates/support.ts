import { dirname, sep } from 'node:path';
import type { FileSystem } from '../../../../src/analyzer/modules/fileSystem.ts';
import type { CandidateSources } from '../../../../src/analyzer/templates/handlerCandidates.ts';
import { HandlerFiles } from '../../../../src/analyzer/templates/handlerFiles.ts';
import type { FunctionDefinition } from '../../../../src/model/functionDefinition.ts';
import type { OpenText } from '../../../../src/model/templateRequests.ts';

/** Files by absolute path. */
export type Files = Readonly<Record<string, string>>;

export function memoryFileSystem(files: Files): FileSystem {
  return { stamp: path => (path in files ? '1' : undefined), read: path => files[path] };
}

export function memorySources(files: Files, open: readonly OpenText[] = []): CandidateSources {
  return {
    files: new HandlerFiles(memoryFileSystem(files)),
    open,
    checkpoint() {},
    list(folder) {
      const names = new Map<string, 'file' | 'folder'>();
      for (const path of Object.keys(files)) {
        if (!path.startsWith(folder + sep)) continue;
        const [name = ''] = path.slice(folder.length + 1).split(sep);
        names.set(name, dirname(path) === folder ? 'file' : 'folder');
      }
      return Promise.resolve([...names].map(([name, kind]) => ({ name, kind })));
    },
  };
}

export function functionWith(facts: Partial<FunctionDefinition>): FunctionDefinition {
  return {
    name: 'orders-api',
    logicalId: 'Orders',
    runtime: 'nodejs24.x',
    handler: 'src/orders.handler',
    codeDirectory: '/app',
    timeoutSeconds: 3,
    memorySizeMb: 128,
    environment: {},
    definedAt: { file: '/app/template.yaml', startLine: 2, startColumn: 3, endLine: 2, endColumn: 9 },
    ...facts,
  };
}
