import { linkExtension } from './linkExtension.ts';
import { quietSettings } from './quietSettings.ts';
import { type RunningServer, type ServerOptions, startServer } from './server.ts';

export type ExtensionServerOptions = Pick<
  ServerOptions,
  'userDataDirectory' | 'extensionsDirectory' | 'serverDataDirectory' | 'env' | 'workspaceTrust' | 'port'
> & {
  /** The folder of the extension that is loaded from its sources' place. */
  readonly extension: string;
  readonly settings?: Readonly<Record<string, unknown>>;
};

/** A VS Code as a person has it, with one extension, served on a loopback port. */
export async function startExtensionServer(options: ExtensionServerOptions): Promise<RunningServer> {
  await linkExtension(options.extension, options.extensionsDirectory);
  return startServer({ ...options, settings: { ...quietSettings, ...options.settings }, driver: false });
}
