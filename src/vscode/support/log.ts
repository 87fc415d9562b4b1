import * as vscode from 'vscode';
import type { Log } from '../../shared/log.ts';

/** The extension's output channel as a Log. */
export function createLog(): Log & { show(): void; dispose(): void } {
  const channel = vscode.window.createOutputChannel('Lambda Lens', { log: true });
  return {
    debug: message => channel.debug(message),
    info: message => channel.info(message),
    warn: message => channel.warn(message),
    error: (message, error) => channel.error(error === undefined ? message : `${message}: ${details(error)}`),
    show: () => channel.show(true),
    dispose: () => channel.dispose(),
  };
}

function details(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
