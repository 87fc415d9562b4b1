import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import type { RunningEngine, RunOptions } from '../engine/engineProcess.ts';
import { createStreamLog } from '../engine/streamLog.ts';
import { defaultEnvironmentSettings as defaults } from '../model/environmentSettings.ts';
import { isTimeScale, largestTimeScale } from '../model/waitClock.ts';
import { UserError } from '../shared/errors.ts';
import { oneOf, parseCommandLine } from './arguments.ts';
import type { CliIo } from './io.ts';
import { variableFiles } from './variableFiles.ts';

const serveHelp = `lambda-lens serve [options]

Serves the functions of a workspace folder as AWS Lambda does, on a port of 127.0.0.1, until it is told to stop
(Ctrl+C, SIGTERM). The first line on standard output tells, as JSON, the endpoint and the keys for it:

  {"endpoint":"http://127.0.0.1:PORT","region":"us-east-1","accountId":"000000000000",
   "accessKeyId":"...","secretAccessKey":"...","functions":["..."]}

  --root <folder>         the workspace folder (default: the current one)
  --state <folder>        where invocations and the like are remembered
                          (default: a folder of the workspace's own under your state directory)
  --ephemeral             remember nothing: a temporary folder, removed at the end
  --port <number>         0 lets the system choose (default: 0)
  --http-port <number>    where APIs and function URLs answer; 0 takes the port of last time if it is free, else
                          the system chooses (default: 0)
  --jwks <file>           a JSON Web Key Set that tokens have to be signed by; without it JWT and Cognito
                          authorizers take the claims of a token without checking its signature
  --region <region>       default: us-east-1
  --account-id <digits>   default: 000000000000
  --max-environments <n>  the most execution environments alive at once (default: 16)
  --idle-seconds <n>      after how long without an invocation an environment ends (default: 600)
  --account-concurrency <n>
                          how many invocations the account allows at once (default: 1000)
  --freeze on|off         whether environments are suspended between invocations (default: on)
  --service <name>=<endpoint>
                          where calls to an AWS service go that is not embedded, for example
                          dynamodb=http://127.0.0.1:8000, or events=profile:<name> for AWS itself with the
                          credentials of a profile; may be given several times
  --env-vars <file>       environment variables in place of those of the template, as JSON for SAM's --env-vars
                          (default: .lambda-lens/env.json, if it is there)
  --dot-env [<function>=]<file>
                          a .env file for a function, or for all; may be given several times
  --permissions off       the only value so far: calls of functions are not checked against their roles
                          ("warn" and "enforce" are refused)
  --network off           the only value so far: the network of functions is the machine's
                          ("warn" and "simulate" are refused)
  --time-scale <n>        how many seconds of waiting pass in one: with 60 a retry after a minute comes after a
                          second. Schedules go by it too; timeouts of functions do not (default: 1)

Exit codes: 0 stopped, 2 usage or environment.
`;

/** @returns the exit code, once the engine has ended. */
export async function runServe(args: readonly string[], io: CliIo): Promise<number> {
  const options = readOptions(args, io);
  if (options === 'help') {
    io.stdout.write(serveHelp);
    return 0;
  }
  const { runEngine } = createRequire(join(io.distDirectory, 'cli.js'))(
    './engine.js',
  ) as typeof import('../engine/main.ts');
  const engine = await runEngine(options, createStreamLog(io.stderr, true), line =>
    io.stderr.write(`${line}\n`),
  );
  const { endpoint, region, accountId, accessKeyId, secretAccessKey } = engine.attachment;
  const functions = engine.functions();
  // Before anybody can know that there is something to stop.
  const stop = stopOnSignals(engine, io);
  io.stdout.write(
    `${JSON.stringify({ endpoint, region, accountId, accessKeyId, secretAccessKey, functions })}\n`,
  );
  greet(engine, io);
  const reason = await engine.ended;
  stop.dispose();
  io.stderr.write(`The engine has ended: ${reason}.\n`);
  return 0;
}

function readOptions(args: readonly string[], io: CliIo): RunOptions | 'help' {
  const { values } = parseCommandLine('serve', {
    args: [...args],
    options: {
      root: { type: 'string', default: '.' },
      state: { type: 'string' },
      ephemeral: { type: 'boolean', default: false },
      port: { type: 'string', default: '0' },
      'http-port': { type: 'string', default: '0' },
      jwks: { type: 'string' },
      region: { type: 'string', default: 'us-east-1' },
      'account-id': { type: 'string', default: '000000000000' },
      'max-environments': { type: 'string', default: String(defaults.maxEnvironments) },
      'idle-seconds': { type: 'string', default: String(defaults.idleSeconds) },
      'account-concurrency': { type: 'string', default: String(defaults.accountConcurrency) },
      freeze: { type: 'string', default: 'on' },
      service: { type: 'string', multiple: true, default: [] },
      'env-vars': { type: 'string' },
      // Node.js takes every --env-file for its own.
      'dot-env': { type: 'string', multiple: true, default: [] },
      permissions: { type: 'string', default: 'off' },
      network: { type: 'string', default: 'off' },
      'time-scale': { type: 'string', default: '1' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  if (values.state !== undefined && values.ephemeral) {
    throw new UserError('--state and --ephemeral exclude each other: an ephemeral engine remembers nothing.');
  }
  refuseWhatIsNotHonoured(values);
  return {
    root: resolve(io.cwd, values.root),
    port: portNumber('port', values.port),
    http: {
      port: portNumber('http-port', values['http-port']),
      ...(values.jwks === undefined ? {} : { jwksFile: resolve(io.cwd, values.jwks) }),
    },
    region: matching('region', values.region, /^[a-z]{2}(?:-[a-z]+)+-\d$/, 'a region such as eu-central-1'),
    accountId: matching('account-id', values['account-id'], /^\d{12}$/, 'twelve digits'),
    ephemeral: values.ephemeral,
    distDirectory: io.distDirectory,
    startedBy: 'serve',
    environments: {
      maxEnvironments: count('max-environments', values['max-environments'], 10_000),
      idleSeconds: count('idle-seconds', values['idle-seconds'], 86_400),
      accountConcurrency: count('account-concurrency', values['account-concurrency'], 1_000_000),
      freeze: oneOf('freeze', values.freeze, ['on', 'off']) === 'on',
    },
    variables: variableFiles(values['env-vars'], values['dot-env'], io.cwd),
    services: serviceTargets(values.service),
    timeScale: timeScale(values['time-scale']),
    ...(values.state === undefined ? {} : { stateDirectory: resolve(io.cwd, values.state) }),
  };
}

/** What the engine cannot do yet is refused, never accepted and ignored. */
function refuseWhatIsNotHonoured(values: { readonly permissions: string; readonly network: string }): void {
  const permissions = oneOf('permissions', values.permissions, ['off', 'warn', 'enforce']);
  const network = oneOf('network', values.network, ['off', 'warn', 'simulate']);
  const refused = [
    ...(permissions === 'off' ? [] : [`--permissions ${permissions} (calls are not checked)`]),
    ...(network === 'off' ? [] : [`--network ${network} (the network is the machine's)`]),
  ];
  if (refused.length > 0) {
    throw new UserError(
      `This version of Lambda Lens does not honour ${refused.join(' or ')}. Leave the option out.`,
    );
  }
}

function portNumber(option: string, text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw new UserError(`--${option} must be a number from 0 to 65535, not '${text}'.`);
  }
  return port;
}

function timeScale(text: string): number {
  const scale = Number(text);
  if (text.trim() !== '' && isTimeScale(scale)) return scale;
  throw new UserError(`--time-scale must be a number above 0, at most ${largestTimeScale}, not '${text}'.`);
}

function count(option: string, text: string, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > most) {
    throw new UserError(`--${option} must be a number from 1 to ${most}, not '${text}'.`);
  }
  return value;
}

/** What stands after the first `=` is checked by the engine, which has the setting of the same meaning. */
function serviceTargets(options: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    options.map(option => {
      const equals = option.indexOf('=');
      if (equals > 0) return [option.slice(0, equals), option.slice(equals + 1)];
      throw new UserError(
        `--service must be a name and an endpoint, such as dynamodb=http://127.0.0.1:8000, not '${option}'.`,
      );
    }),
  );
}

function matching(option: string, value: string, pattern: RegExp, wanted: string): string {
  if (!pattern.test(value)) throw new UserError(`--${option} must be ${wanted}, not '${value}'.`);
  return value;
}

function greet(engine: RunningEngine, io: CliIo): void {
  for (const { severity, message, range } of engine.problems) {
    const place = range ? `${range.file}:${range.startLine}:${range.startColumn}: ` : '';
    io.stderr.write(`${place}${severity}: ${message}\n`);
  }
  const { root } = engine.attachment;
  const count = engine.functions().length;
  io.stderr.write(
    count === 0
      ? `${root} has no functions yet: add one to a SAM or CloudFormation template, it is served at once. Ctrl+C stops.\n`
      : `Serving ${count} function${count === 1 ? '' : 's'} of ${root}. Ctrl+C stops.\n`,
  );
  const addresses = engine.http.addresses();
  if (addresses.length === 0) return;
  const width = Math.max(...addresses.map(({ label }) => label.length));
  const lines = addresses.map(({ label, url }) => `  ${label.padEnd(width)}  ${url}\n`);
  io.stderr.write(`APIs and function URLs:\n${lines.join('')}`);
}

function stopOnSignals(engine: RunningEngine, io: CliIo) {
  let isStopping = false;
  const onSignal = (signal: NodeJS.Signals) => {
    // The watchdog ends what is still running.
    if (isStopping) process.exit(2);
    isStopping = true;
    engine.stop(`it received ${signal}`);
    io.stderr.write('Ending; invocations under way may finish. The same again ends them at once.\n');
  };
  // The last one comes when the terminal is closed.
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, onSignal);
  return {
    dispose() {
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
}
