// In the extension host: how long Lambda Lens itself keeps it from anything else when it is activated, which is
// loading its module and `activate`. What VS Code does in between takes its time without blocking.
import Module from 'node:module';
import * as vscode from 'vscode';
import { record } from './record.ts';

interface Activatable {
  activate(context: unknown): unknown;
}

const loader = Module as unknown as { _load(request: string, ...rest: unknown[]): unknown };

test('activation', async () => {
  const extension = vscode.extensions.getExtension('lambda-lens.lambda-lens');
  if (!extension || extension.isActive) throw new Error('Lambda Lens has to be there, and not active yet.');
  const load = loader._load;
  const figures: number[] = [];
  loader._load = function (request, ...rest) {
    if (!request.endsWith('/dist/extension.js')) return load.call(this, request, ...rest);
    const start = performance.now();
    const loaded = load.call(this, request, ...rest) as Activatable;
    figures.push(performance.now() - start);
    return { ...loaded, activate: timed(loaded, figures) };
  };
  try {
    await extension.activate();
  } finally {
    loader._load = load;
  }
  const [loading, activating] = figures;
  if (loading === undefined || activating === undefined)
    throw new Error('VS Code no longer loads extensions in the way that is measured here.');
  record(loading + activating);
});

function timed(loaded: Activatable, figures: number[]): Activatable['activate'] {
  return async context => {
    const start = performance.now();
    const result = await loaded.activate(context);
    figures.push(performance.now() - start);
    return result;
  };
}
