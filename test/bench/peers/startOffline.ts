// serverless-offline as its users have it, but for the framework around it: that needs an account.
import { join } from 'node:path';

type Module = {
  readonly default: new (serverless: unknown, options: unknown, tools: unknown) => { start(): Promise<void> };
};

/** Serves the function `echo` of a folder, whose handler is app.handler; says `ready` when it does. */
export async function startOffline(
  directory: string | undefined,
  events: readonly unknown[],
  ports: Readonly<Record<string, number>>,
): Promise<void> {
  const main = join(import.meta.dirname, 'node_modules', 'serverless-offline', 'src', 'index.js');
  const { default: ServerlessOffline } = (await import(main)) as Module;
  const nothing = () => {};
  const log = Object.assign(
    () => {},
    Object.fromEntries(['debug', 'info', 'notice', 'success', 'verbose'].map(name => [name, nothing])),
    { error: console.error, warning: console.error },
  );
  const functions = {
    echo: {
      name: 'echo',
      handler: 'app.handler',
      runtime: 'nodejs24.x',
      timeout: 30,
      memorySize: 1024,
      events,
    },
  };
  const provider = { name: 'aws', region: 'us-east-1', stage: 'dev', runtime: 'nodejs24.x', environment: {} };
  const serverless = {
    serviceDir: directory,
    config: { servicePath: directory, serviceDir: directory },
    cli: { log: nothing },
    processedInput: { options: {} },
    pluginManager: { plugins: [], cliOptions: {} },
    service: {
      service: 'bench',
      provider: { ...provider, httpApi: { payload: '2.0' } },
      custom: {},
      functions,
      getAllFunctions: () => Object.keys(functions),
      getFunction: () => functions.echo,
      getAllEventsInFunction: () => functions.echo.events,
    },
  };
  const options = { ...ports, host: '127.0.0.1', noSponsor: true };
  await new ServerlessOffline(serverless, options, { log, progress: {}, writeText: nothing }).start();
  console.log('ready');
}
