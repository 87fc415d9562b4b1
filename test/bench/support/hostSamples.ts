import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runScenario, type Scenario } from '../../host/support/runScenario.ts';
import { servedVsCode } from '../../host/support/vscodeUnderTest.ts';

/**
 * The figures of `starts` starts of VS Code, from a file of test/bench/host. With `isCompiled` one more start goes
 * before them, which compiles the analyzer for those that follow.
 */
export async function hostSamples(
  name: string,
  starts: number,
  prepareWorkspace: Scenario['prepareWorkspace'],
  settings: Scenario['settings'] = {},
  isCompiled = false,
): Promise<readonly number[]> {
  const folder = await mkdtemp(join(tmpdir(), 'lambda-lens-bench-'));
  const sample = join(folder, 'sample');
  try {
    const samples: number[] = [];
    const compiled = { LAMBDA_LENS_BENCH_COMPILED: join(folder, 'compiled', 'bench') };
    for (let start = isCompiled ? -1 : 0; start < starts; start += 1) {
      const { failed, report } = await runScenario(
        {
          name: `bench-${name}`,
          suites: `test/bench/host/${name}.ts`,
          prepareWorkspace,
          settings,
          env: { LAMBDA_LENS_BENCH_SAMPLE: sample, ...(isCompiled && compiled) },
        },
        servedVsCode,
      );
      if (failed > 0) throw new Error(report);
      if (start < 0) continue;
      samples.push(...(JSON.parse(await readFile(sample, 'utf8')) as number[]));
    }
    return samples;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
