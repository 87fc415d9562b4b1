import { GetFunctionCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { AwsAccess } from '../../model/awsAccess.ts';
import type { Target, VersionSources } from '../../model/target.ts';
import { TargetError } from '../../model/targetError.ts';
import type { Disposable } from '../../shared/disposable.ts';
import { archiveFiles } from './archiveFiles.ts';
import { awsError } from './awsError.ts';
import { createLambdaTarget } from './lambdaTarget.ts';

export interface AwsTargetOptions {
  readonly access: AwsAccess;
  /** Asked each time that it matters. */
  readonly isReadOnly: () => boolean;
  readonly signal?: AbortSignal;
}

const connectionTimeout = 10_000;

/**
 * An account and region, through the SDK's own chain of credentials: they are read when they are needed, renewed as the
 * SDK renews them, and kept nowhere else. Asks AWS whose they are before it answers.
 *
 * @throws TargetError when they are not good; an AbortError when the caller gave up.
 */
export async function openAwsTarget(options: AwsTargetOptions): Promise<Target & Disposable> {
  const { access, signal } = options;
  const { profile, region, endpoint } = access;
  const shared = {
    region,
    ...(profile === undefined ? {} : { profile }),
    ...(endpoint === undefined ? {} : { endpoint }),
  };
  const client = new LambdaClient({
    ...shared,
    requestHandler: { connectionTimeout, requestTimeout: 60_000, throwOnRequestTimeout: true },
  });
  // A function must not run twice because its first run was not to the client's liking.
  const invoking = new LambdaClient({
    ...shared,
    maxAttempts: 1,
    requestHandler: { connectionTimeout, requestTimeout: 990_000, throwOnRequestTimeout: true },
  });
  const dispose = () => {
    client.destroy();
    invoking.destroy();
  };
  const explain = (error: unknown, action: string) => awsError(error, action, access);

  async function sources(
    FunctionName: string,
    Qualifier: string,
    aborting?: AbortSignal,
  ): Promise<VersionSources> {
    const command = new GetFunctionCommand({ FunctionName, Qualifier });
    const { Code } = await client.send(command, aborting ? { abortSignal: aborting } : {});
    if (!Code?.Location) {
      throw new TargetError(
        'invalid',
        `The code of ${FunctionName} is a container image: it has no files to show.`,
      );
    }
    const response = await fetch(Code.Location, aborting ? { signal: aborting } : {});
    if (!response.ok) {
      throw new TargetError(
        'other',
        `The code of ${FunctionName}:${Qualifier} could not be downloaded: ${response.status} ${response.statusText}. Try again.`,
      );
    }
    const archive = Buffer.from(await response.arrayBuffer());
    return { relativeTo: 'codeDirectory', files: archiveFiles(archive) };
  }

  try {
    const accountId = await accountOf(shared, client, signal);
    const identity = {
      kind: 'aws',
      id: ['aws', accountId ?? profile ?? '', region, endpoint ?? ''].join(' ').trimEnd(),
      label: profile ?? 'AWS',
      region,
      ...(accountId === undefined ? {} : { accountId }),
      get isReadOnly() {
        return options.isReadOnly();
      },
    } as const;
    const target = createLambdaTarget({ client, identity, explain, sources });
    const { invoke } = createLambdaTarget({ client: invoking, identity, explain, sources });
    return { ...target, invoke, dispose };
  } catch (error) {
    dispose();
    if (error instanceof Error && error.name === 'AbortError') throw error;
    throw explain(error, 'Select target');
  }
}

/**
 * Whose the credentials are. Everybody may ask AWS that; what stands in for AWS may not answer it, and then the ARN of
 * a function tells, if there is one.
 */
async function accountOf(
  shared: Pick<AwsAccess, 'profile' | 'region' | 'endpoint'>,
  client: LambdaClient,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const sts = new STSClient({
    ...shared,
    requestHandler: { connectionTimeout, requestTimeout: 20_000, throwOnRequestTimeout: true },
  });
  const aborting = signal ? { abortSignal: signal } : {};
  try {
    return (await sts.send(new GetCallerIdentityCommand({}), aborting)).Account;
  } catch (error) {
    if (shared.endpoint === undefined || (error instanceof Error && error.name === 'AbortError')) throw error;
    const { Functions = [] } = await client.send(new ListFunctionsCommand({ MaxItems: 1 }), aborting);
    return Functions[0]?.FunctionArn?.split(':')[4];
  } finally {
    sts.destroy();
  }
}
