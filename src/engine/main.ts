// The engine's process: dist/engine.js. Started with its options as one JSON argument it serves until it is
// told to stop; `lambda-lens serve` requires it and runs the engine in its own process instead.
import { nodeFiles } from '../project/files.ts';
import { readProject } from '../project/readProject.ts';
import { watchProject } from '../project/watchProject.ts';
import type { Log } from '../shared/log.ts';
import { runAsChild } from './childProcess.ts';
import { type RunningEngine, type RunOptions, runEngineProcess } from './engineProcess.ts';
import { createFunctionRuntime } from './functions/functionRuntime.ts';

/** @param accessLog takes a line for each request to an API or a function URL; absent: the log. */
export function runEngine(
  options: RunOptions,
  log: Log,
  accessLog?: (line: string) => void,
): Promise<RunningEngine> {
  return runEngineProcess(options, {
    createFunctionRuntime,
    readProject: (root, account) => readProject(root, nodeFiles, account),
    watchProject,
    log,
    ...(accessLog ? { accessLog } : {}),
  });
}

if (require.main?.filename === __filename) void runAsChild(runEngine);
