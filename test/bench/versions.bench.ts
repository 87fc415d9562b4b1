// The engine with a thousand functions of fifty versions each: how soon it is there, and how fast it answers.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ListVersionsByFunctionCommand, PublishVersionCommand } from '@aws-sdk/client-lambda';
import type { Measurement } from '../../src/scripts/bench/rows.ts';
import { startServe } from '../support/engine/cli.ts';
import { lambdaClient } from '../support/engine/lambdaClient.ts';
import { createWorkspace, type TestWorkspace } from '../support/engine/workspace.ts';
import { filledFunctions, filledVersionsEach, fillState, nameOfFilled } from './support/filledState.ts';

const distDirectory = join(import.meta.dirname, '..', '..', 'dist');

export async function measure(): Promise<readonly Measurement[]> {
  const workspace = await createWorkspace([]);
  try {
    await mkdir(workspace.stateDirectory, { recursive: true });
    fillState(join(workspace.stateDirectory, 'lens.db'));
    const starts: number[] = [];
    for (let times = 0; times < 5; times++) starts.push(await measureStart(workspace));
    return [
      {
        name: `engine start with ${filledFunctions} functions of ${filledVersionsEach} versions`,
        unit: 'ms',
        samples: starts,
        comparedWith: { name: 'budget', value: 500 },
      },
      ...(await measureRequests(workspace)),
    ];
  } finally {
    await workspace.remove();
  }
}

async function measureStart(workspace: TestWorkspace): Promise<number> {
  const before = performance.now();
  const serve = await startServe(['--state', workspace.stateDirectory], { distDirectory, workspace });
  const elapsed = performance.now() - before;
  await serve.stop();
  return elapsed;
}

async function measureRequests(workspace: TestWorkspace): Promise<readonly Measurement[]> {
  const serve = await startServe(['--state', workspace.stateDirectory], { distDirectory, workspace });
  const client = lambdaClient(serve.line);
  try {
    const timed = async (send: (FunctionName: string) => Promise<unknown>) => {
      const samples: number[] = [];
      for (let index = 0; index < 200; index++) {
        const before = performance.now();
        await send(nameOfFilled((index * 7) % filledFunctions));
        samples.push(performance.now() - before);
      }
      return samples.slice(20);
    };
    const pages = await timed(FunctionName =>
      client.send(new ListVersionsByFunctionCommand({ FunctionName })),
    );
    const unchanged = await timed(FunctionName => client.send(new PublishVersionCommand({ FunctionName })));
    return [
      {
        name: 'a page of ListVersionsByFunction',
        unit: 'ms',
        samples: pages,
        comparedWith: { name: 'budget', value: 10 },
      },
      {
        name: 'PublishVersion of an unchanged function',
        unit: 'ms',
        samples: unchanged,
        comparedWith: { name: 'budget', value: 5 },
      },
    ];
  } finally {
    client.destroy();
    await serve.stop();
  }
}
