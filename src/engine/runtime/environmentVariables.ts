import type { LoggingOptions } from '../../model/functionDefinition.ts';

/** What the variables of an execution environment are made of. */
export interface EnvironmentVariableSources {
  readonly functionName: string;
  readonly version: string;
  /** What made the environment start. */
  readonly initialization: 'on-demand' | 'provisioned-concurrency';
  readonly runtime: string;
  readonly handler: string;
  readonly memorySizeMb: number;
  readonly logging?: LoggingOptions;
  /** What the function's configuration sets. */
  readonly configured: Readonly<Record<string, string>>;
  readonly region: string;
  readonly endpoint: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  readonly logStreamName: string;
  /** `host:port` of the environment's Runtime API. */
  readonly runtimeApi: string;
  readonly taskRoot: string;
  readonly runtimeDirectory: string;
  readonly workingDirectory: string;
  /** The environment's own /tmp. */
  readonly tmpDirectory: string;
  /** The variables of the engine's own process; little of it is passed on. */
  readonly inherited: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
}

/** What a process needs on this machine to work at all. */
const inheritedNames: Readonly<Record<string, readonly string[]>> = {
  posix: ['PATH'],
  win32: ['Path', 'PATH', 'PATHEXT', 'SystemRoot', 'SystemDrive', 'windir', 'ComSpec'],
};

/**
 * The variables that a handler sees. The function's own come over the presets, Lambda's reserved ones over
 * both; of the engine's environment only what a process cannot do without.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export function environmentVariables(from: EnvironmentVariableSources): Record<string, string> {
  return {
    ...inherited(from),
    ...presets(from),
    ...from.configured,
    ...reserved(from),
  };
}

function inherited(from: EnvironmentVariableSources): Record<string, string> {
  const names = inheritedNames[from.platform === 'win32' ? 'win32' : 'posix'] ?? [];
  const entries = names.map(name => [name, from.inherited[name]] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function presets(from: EnvironmentVariableSources): Record<string, string> {
  return {
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    // The home folder on Lambda holds nothing either: the developer's own ~/.aws must not be found.
    HOME: from.tmpDirectory,
    TMPDIR: from.tmpDirectory,
    ...(from.platform === 'win32'
      ? { TEMP: from.tmpDirectory, TMP: from.tmpDirectory, USERPROFILE: from.tmpDirectory }
      : { PWD: from.workingDirectory, SHLVL: '0' }),
    AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
    AWS_ENDPOINT_URL: from.endpoint,
  };
}

function reserved(from: EnvironmentVariableSources): Record<string, string> {
  const { credentials } = from;
  return {
    _HANDLER: from.handler,
    AWS_REGION: from.region,
    AWS_DEFAULT_REGION: from.region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${from.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: from.functionName,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(from.memorySizeMb),
    AWS_LAMBDA_FUNCTION_VERSION: from.version,
    AWS_LAMBDA_INITIALIZATION_TYPE: from.initialization,
    AWS_LAMBDA_LOG_GROUP_NAME: from.logging?.logGroup ?? `/aws/lambda/${from.functionName}`,
    AWS_LAMBDA_LOG_STREAM_NAME: from.logStreamName,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...(credentials.sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: credentials.sessionToken }),
    AWS_LAMBDA_RUNTIME_API: from.runtimeApi,
    LAMBDA_TASK_ROOT: from.taskRoot,
    LAMBDA_RUNTIME_DIR: from.runtimeDirectory,
    ...logging(from.logging),
  };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html */
function logging({ format, applicationLevel }: LoggingOptions = {}): Record<string, string> {
  return format === 'JSON'
    ? { AWS_LAMBDA_LOG_FORMAT: 'JSON', AWS_LAMBDA_LOG_LEVEL: applicationLevel ?? 'INFO' }
    : {};
}
