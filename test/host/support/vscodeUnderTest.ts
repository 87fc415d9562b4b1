import { join } from 'node:path';
import { downloadAndUnzipVSCode, runVSCodeCommand } from '@vscode/test-electron';
import { quietSettings } from '../../../src/scripts/host/quietSettings.ts';
import { installVsix } from '../../../src/scripts/host/server.ts';
import type { TemporaryHome } from '../../../src/scripts/host/temporaryHome.ts';

/** A VS Code that tests can run in. */
export interface VsCode {
  /** Takes VS Code's command line. */
  readonly executable: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Installs a .vsix into the home's extensions directory. */
  install(vsix: string, home: TemporaryHome): Promise<void>;
}

/** Nobody is there to answer a question. */
const settings = { ...quietSettings, 'security.workspace.trust.startupPrompt': 'never' };

/** code-server with headless Chromium, behind VS Code's command line. */
export const servedVsCode: VsCode = {
  executable: join(import.meta.dirname, 'executable.ts'),
  settings,
  install: installVsix,
};

/** A desktop VS Code, downloaded by `@vscode/test-electron` to `.vscode-test/`. */
export async function downloadedVsCode(version: string): Promise<VsCode> {
  return {
    executable: await downloadAndUnzipVSCode(version),
    settings,
    async install(vsix, home) {
      await runVSCodeCommand(
        [
          `--user-data-dir=${home.userDataDirectory}`,
          `--extensions-dir=${home.extensionsDirectory}`,
          `--install-extension=${vsix}`,
        ],
        { version },
      );
    },
  };
}
