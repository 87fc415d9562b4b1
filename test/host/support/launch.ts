// A process of its own for `runTests`, which writes to this process's console.
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';

export interface LaunchOptions {
  /** Serialisable: the executable of the VS Code under test. */
  readonly vscode: { readonly executable: string };
  readonly keepTrust: boolean;
  readonly extensionDevelopmentPath: string;
  readonly extensionTestsPath: string;
  readonly launchArgs: string[];
  readonly extensionTestsEnv: Record<string, string>;
}

if (import.meta.main) {
  const { vscode, keepTrust, ...options } = JSON.parse(process.argv[2] ?? '') as LaunchOptions;
  try {
    await runTests({
      ...options,
      vscodeExecutablePath: keepTrust ? join(import.meta.dirname, 'keepTrust.ts') : vscode.executable,
      extensionTestsEnv: { ...options.extensionTestsEnv, LAMBDA_LENS_VSCODE: vscode.executable },
    });
  } catch (error) {
    console.log(String(error));
    process.exit(1);
  }
}
