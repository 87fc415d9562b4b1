import * as vscode from 'vscode';
import type { DebuggerListeningEvent } from '../../model/engineEvent.ts';
import type { FunctionDefinition } from '../../model/functionDefinition.ts';
import { UserError } from '../../shared/errors.ts';

/** How VS Code's own debuggers attach to what waits there. */
export function attachConfiguration(
  { functionName, port, codeDirectory }: DebuggerListeningEvent,
  definition: FunctionDefinition,
): vscode.DebugConfiguration {
  const common = {
    name: vscode.l10n.t('{0} (Lambda)', functionName),
    request: 'attach',
    internalConsoleOptions: 'neverOpen',
  };
  if (definition.runtime.startsWith('python')) {
    return { ...common, type: 'debugpy', connect: { host: '127.0.0.1', port }, justMyCode: true };
  }
  const bundle = asGlob(codeDirectory);
  return {
    ...common,
    type: 'node',
    address: '127.0.0.1',
    port,
    continueOnAttach: true,
    // Else what handlers start would be started anew under the debugger, and see variables of its making.
    autoAttachChildProcesses: false,
    // Bundles are outside of the workspace, where source maps are not looked for by default.
    outFiles: [`${bundle}/**/*.{js,cjs,mjs}`, '!**/node_modules/**'],
    resolveSourceMapLocations: [
      `${bundle}/**`,
      `${asGlob(definition.codeDirectory)}/**`,
      '!**/node_modules/**',
    ],
    skipFiles: ['<node_internals>/**', '**/bootstrap-node.js'],
  };
}

/** @throws UserError where nothing in this editor debugs functions of that runtime. */
export function requireDebugger({ name, runtime }: FunctionDefinition): void {
  if (runtime.startsWith('nodejs')) {
    if (isThere('ms-vscode.js-debug', 'ms-vscode.js-debug-nightly')) return;
    throw new UserError(
      vscode.l10n.t(
        '{0} cannot be debugged: the JavaScript Debugger, which VS Code contains, is disabled. Enable the extension ms-vscode.js-debug.',
        name,
      ),
    );
  }
  if (runtime.startsWith('python')) {
    if (isThere('ms-python.debugpy')) return;
    throw new UserError(
      vscode.l10n.t(
        '{0} cannot be debugged: there is no debugger for Python. Install the extension ms-python.debugpy.',
        name,
      ),
    );
  }
  throw new UserError(
    vscode.l10n.t(
      '{0} cannot be debugged from here: with the runtime {1} it is a program of its own.',
      name,
      runtime,
    ),
  );
}

function isThere(...ids: readonly string[]): boolean {
  return ids.some(id => vscode.extensions.getExtension(id) !== undefined);
}

/** The folder as a glob that means it and nothing else, which has forward slashes on every platform. */
function asGlob(folder: string): string {
  return folder.replaceAll('\\', '/').replace(/[[\]{}()*?!]/g, '[$&]');
}
