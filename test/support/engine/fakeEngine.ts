// The engine's process with a fake function runtime: bundled as engine.js by bundles.ts.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runAsChild } from '../../../src/engine/childProcess.ts';
import { type RunningEngine, type RunOptions, runEngineProcess } from '../../../src/engine/engineProcess.ts';
import type { FunctionDefinition, ProjectModel } from '../../../src/model/functionDefinition.ts';
import type { Log } from '../../../src/shared/log.ts';
import { createFakeRuntime } from './fakeRuntime.ts';

export function runEngine(options: RunOptions, log: Log): Promise<RunningEngine> {
  return runEngineProcess(options, {
    createFunctionRuntime: createFakeRuntime,
    readProject: async root => projectOf(root),
    watchProject: () => ({ dispose: () => {} }),
    log,
  });
}

/** The file functions.json of the workspace lists their names. */
function projectOf(root: string): ProjectModel {
  const names = JSON.parse(readFileSync(join(root, 'functions.json'), 'utf8')) as readonly string[];
  const definedAt = {
    file: join(root, 'functions.json'),
    startLine: 1,
    startColumn: 1,
    endLine: 1,
    endColumn: 2,
  };
  const functions = names.map(
    (name): FunctionDefinition => ({
      name,
      logicalId: name,
      runtime: 'nodejs24.x',
      handler: 'index.handler',
      codeDirectory: root,
      timeoutSeconds: 3,
      memorySizeMb: 128,
      environment: {},
      definedAt,
    }),
  );
  return { root, functions, problems: [], files: [definedAt.file] };
}

if (require.main?.filename === __filename) void runAsChild(runEngine);
