// One start of VS Code with one suite of tests inside.
import { glob, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../../../src/scripts/host/runCommand.ts';
import { createTemporaryHome, type TemporaryHome } from '../../../src/scripts/host/temporaryHome.ts';
import { bundleSuites } from './bundleSuites.ts';
import type { LaunchOptions } from './launch.ts';
import type { VsCode } from './vscodeUnderTest.ts';

const root = join(import.meta.dirname, '..', '..', '..');

export interface Scenario {
  readonly name: string;
  /** The tests, as a glob relative to the root of the project. */
  readonly suites: string;
  /** Fills the folder that VS Code opens. */
  readonly prepareWorkspace: (folder: string) => Promise<void>;
  /** False: the folder is not trusted, and nobody is asked whether it is. Default true. */
  readonly trusted?: boolean;
  /** The extension under development. Default: this project. */
  readonly extension?: string;
  /** Makes a .vsix to install; then `extension` only carries the tests. */
  readonly installedVsix?: () => Promise<string>;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Added to the environment of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface ScenarioResult {
  readonly passed: number;
  readonly failed: number;
  /** Mocha's report and, where the host itself failed, the end of its log. */
  readonly report: string;
}

/** Never rejects for anything that happens inside of VS Code. */
export async function runScenario(scenario: Scenario, vscode: VsCode, grep = ''): Promise<ScenarioResult> {
  const home = await createTemporaryHome();
  try {
    const files = await bundleAndPrepare(scenario, vscode, home);
    const launch: LaunchOptions = {
      vscode,
      keepTrust: scenario.trusted === false,
      extensionDevelopmentPath: scenario.extension ?? root,
      extensionTestsPath: files.tests,
      launchArgs: [
        files.workspace,
        `--user-data-dir=${home.userDataDirectory}`,
        `--extensions-dir=${home.extensionsDirectory}`,
        ...(scenario.installedVsix ? [] : ['--disable-extensions']),
      ],
      extensionTestsEnv: {
        ...home.env,
        ...scenario.env,
        LAMBDA_LENS_TEST_HOME: home.path,
        LAMBDA_LENS_TEST_COUNTS: files.counts,
        LAMBDA_LENS_TEST_OUTPUT: files.report,
        LAMBDA_LENS_TEST_GREP: grep,
      },
    };
    const { code, output } = await runCommand(
      process.execPath,
      [join(import.meta.dirname, 'launch.ts'), JSON.stringify(launch)],
      { limit: 10 * 60_000 },
    );
    const ours = await extensionLog(home);
    await writeFile(join(root, 'out', 'host', `${scenario.name}.log`), `${output}\n${ours}`);
    const result = await judge(files, code, output);
    if (result.failed === 0 || ours === '') return result;
    return { ...result, report: `${result.report}\nThe log of Lambda Lens:\n${endOf(ours)}` };
  } finally {
    await home.remove();
  }
}

interface ScenarioFiles {
  readonly tests: string;
  readonly workspace: string;
  readonly counts: string;
  readonly report: string;
}

async function bundleAndPrepare(
  scenario: Scenario,
  vscode: VsCode,
  home: TemporaryHome,
): Promise<ScenarioFiles> {
  const workspace = join(home.path, 'workspace');
  await mkdir(workspace, { recursive: true });
  await mkdir(join(home.userDataDirectory, 'User'), { recursive: true });
  await scenario.prepareWorkspace(workspace);
  await writeFile(
    join(home.userDataDirectory, 'User', 'settings.json'),
    JSON.stringify({ ...vscode.settings, ...scenario.settings }),
  );
  if (scenario.installedVsix) await vscode.install(await scenario.installedVsix(), home);
  return {
    tests: await bundleSuites(scenario.name, scenario.suites),
    workspace,
    counts: join(home.path, 'counts.json'),
    report: join(home.path, 'report.txt'),
  };
}

/** The counts are written when mocha ends: without them the extension host died, whatever VS Code's exit code. */
async function judge(files: ScenarioFiles, code: number, log: string): Promise<ScenarioResult> {
  const report = await readFile(files.report, 'utf8').catch(() => '');
  const counts = await readFile(files.counts, 'utf8').catch(() => undefined);
  if (counts === undefined)
    return {
      passed: 0,
      failed: 1,
      report: `${report}\nThe extension host ended before its tests did.\n${endOf(log)}`,
    };
  const { passed, failed } = JSON.parse(counts) as { passed: number; failed: number };
  if (code === 0 || failed > 0) return { passed, failed, report };
  return { passed, failed: 1, report: `${report}\nVS Code ended with exit code ${code}.\n${endOf(log)}` };
}

/** What the extension wrote to its output channel. */
async function extensionLog(home: TemporaryHome): Promise<string> {
  const logs: string[] = [];
  for await (const file of glob('logs/**/exthost*/*/Lambda Lens*.log', { cwd: home.userDataDirectory }))
    logs.push(await readFile(join(home.userDataDirectory, file), 'utf8'));
  return logs.join('\n');
}

/** What every VS Code writes in every session. */
const noise =
  /^(Resolv(ing|ed) connection token|Creating a socket|\[(reconnection-grace-time|AgentHost|AccountPolicyGate|ChatModelSelection|Service Worker)|Ignoring fetching additional builtin)/;

function endOf(log: string): string {
  const lines = log.split('\n').filter(line => !noise.test(line));
  return lines.slice(-40).join('\n').trimEnd();
}
