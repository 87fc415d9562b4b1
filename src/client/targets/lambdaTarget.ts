import {
  CreateAliasCommand,
  DeleteAliasCommand,
  DeleteFunctionCommand,
  DeleteFunctionConcurrencyCommand,
  DeleteProvisionedConcurrencyConfigCommand,
  GetAliasCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  type LambdaClient,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  PutProvisionedConcurrencyConfigCommand,
  paginateListAliases,
  paginateListFunctions,
  paginateListProvisionedConcurrencyConfigs,
  paginateListVersionsByFunction,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda';
import type {
  EngineExtras,
  FunctionAlias,
  ProvisionedConcurrency,
  Target,
  TargetIdentity,
  VersionSources,
} from '../../model/target.ts';
import type { TargetError } from '../../model/targetError.ts';
import { sendInvocation } from '../lambdaInvoke.ts';
import {
  aliasOf,
  configurationOf,
  provisionedOf,
  routingConfigOf,
  summaryOf,
  versionOf,
} from './fromLambda.ts';

/** What one target has and others have differently. */
export interface LambdaTargetOptions {
  readonly client: LambdaClient;
  readonly identity: TargetIdentity;
  /**
   * What went wrong, for people; see serviceError for what all targets have in common.
   *
   * @param action what was to be done, for example `Publish version of orders`
   */
  readonly explain: (error: unknown, action: string) => TargetError;
  readonly sources: (functionName: string, version: string, signal?: AbortSignal) => Promise<VersionSources>;
  readonly engine?: EngineExtras;
}

/** The operations on a Lambda service, whosever it is, through the SDK's client. */
export function createLambdaTarget(options: LambdaTargetOptions): Target {
  const { client, identity, engine } = options;

  function explained(error: unknown, action: string): unknown {
    return error instanceof Error && error.name === 'AbortError' ? error : options.explain(error, action);
  }

  async function call<T>(action: string, run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      throw explained(error, action);
    }
  }

  /** Each page as it comes; the signal also ends the pages that are still to come. */
  async function* pages<Page, Item>(
    action: string,
    source: AsyncIterable<Page>,
    itemsOf: (page: Page) => readonly Item[],
    signal: AbortSignal | undefined,
  ): AsyncIterable<readonly Item[]> {
    try {
      for await (const page of source) {
        signal?.throwIfAborted();
        yield itemsOf(page);
      }
    } catch (error) {
      throw explained(error, action);
    }
  }

  const withSignal = (signal: AbortSignal | undefined) => (signal ? { abortSignal: signal } : {});
  return {
    identity,
    ...(engine ? { engine } : {}),
    functions: signal =>
      pages(
        'List functions',
        paginateListFunctions({ client }, {}, withSignal(signal)),
        ({ Functions = [] }) => Functions.map(summaryOf),
        signal,
      ),
    versions: (functionName, signal) =>
      pages(
        `List versions of ${functionName}`,
        paginateListVersionsByFunction({ client }, { FunctionName: functionName }, withSignal(signal)),
        ({ Versions = [] }) => Versions.map(versionOf).filter(({ version }) => version !== '$LATEST'),
        signal,
      ),
    async aliases(functionName, signal) {
      const found: FunctionAlias[] = [];
      const all = pages(
        `List aliases of ${functionName}`,
        paginateListAliases({ client }, { FunctionName: functionName }, withSignal(signal)),
        ({ Aliases = [] }) => Aliases.map(aliasOf),
        signal,
      );
      for await (const page of all) found.push(...page);
      return found.sort((a, b) => a.name.localeCompare(b.name));
    },
    alias: (FunctionName, Name, signal) =>
      call(`Read alias ${Name} of ${FunctionName}`, async () =>
        aliasOf(await client.send(new GetAliasCommand({ FunctionName, Name }), withSignal(signal))),
      ),
    configuration: (FunctionName, Qualifier, signal) =>
      call(`Read configuration of ${FunctionName}:${Qualifier}`, async () =>
        configurationOf(
          await client.send(
            new GetFunctionConfigurationCommand({ FunctionName, Qualifier }),
            withSignal(signal),
          ),
        ),
      ),
    sources: (functionName, version, signal) =>
      call(`Read code of ${functionName}:${version}`, () => options.sources(functionName, version, signal)),
    publishVersion: ({ functionName, description, revisionId }, signal) =>
      call(`Publish version of ${functionName}`, async () =>
        versionOf(
          await client.send(
            new PublishVersionCommand({
              FunctionName: functionName,
              Description: description,
              RevisionId: revisionId,
            }),
            withSignal(signal),
          ),
        ),
      ),
    createAlias: ({ functionName, name, routing, description }, signal) =>
      call(`Create alias ${name} of ${functionName}`, async () =>
        aliasOf(
          await client.send(
            new CreateAliasCommand({
              FunctionName: functionName,
              Name: name,
              FunctionVersion: routing.version,
              Description: description,
              ...(routing.additional ? { RoutingConfig: routingConfigOf(routing) } : {}),
            }),
            withSignal(signal),
          ),
        ),
      ),
    updateAlias: ({ functionName, name, routing, revisionId }, signal) =>
      call(`Update alias ${name} of ${functionName}`, async () =>
        aliasOf(
          await client.send(
            new UpdateAliasCommand({
              FunctionName: functionName,
              Name: name,
              FunctionVersion: routing.version,
              RoutingConfig: routingConfigOf(routing),
              RevisionId: revisionId,
            }),
            withSignal(signal),
          ),
        ),
      ),
    deleteAlias: (FunctionName, Name, signal) =>
      call(`Delete alias ${Name} of ${FunctionName}`, async () => {
        await client.send(new DeleteAliasCommand({ FunctionName, Name }), withSignal(signal));
      }),
    deleteVersion: (FunctionName, Qualifier, signal) =>
      call(`Delete version ${Qualifier} of ${FunctionName}`, async () => {
        await client.send(new DeleteFunctionCommand({ FunctionName, Qualifier }), withSignal(signal));
      }),
    deleteFunction: (FunctionName, signal) =>
      call(`Delete ${FunctionName}`, async () => {
        await client.send(new DeleteFunctionCommand({ FunctionName }), withSignal(signal));
      }),
    invoke: (request, signal) =>
      call(`Invoke ${request.functionName}`, () =>
        sendInvocation(client, { ...request, ...(signal ? { signal } : {}) }),
      ),
    async provisionedConcurrency(functionName, signal) {
      const found: ProvisionedConcurrency[] = [];
      const all = pages(
        `List provisioned concurrency of ${functionName}`,
        paginateListProvisionedConcurrencyConfigs(
          { client },
          { FunctionName: functionName },
          withSignal(signal),
        ),
        ({ ProvisionedConcurrencyConfigs = [] }) => ProvisionedConcurrencyConfigs.map(provisionedOf),
        signal,
      );
      for await (const page of all) found.push(...page);
      return found;
    },
    putProvisionedConcurrency: (FunctionName, Qualifier, requested, signal) =>
      call(`Set provisioned concurrency of ${FunctionName}:${Qualifier}`, async () => {
        if (requested === 0) {
          const command = new DeleteProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier });
          await client.send(command, withSignal(signal));
          return;
        }
        const command = new PutProvisionedConcurrencyConfigCommand({
          FunctionName,
          Qualifier,
          ProvisionedConcurrentExecutions: requested,
        });
        await client.send(command, withSignal(signal));
      }),
    reservedConcurrency: (FunctionName, signal) =>
      call(`Read reserved concurrency of ${FunctionName}`, async () => {
        const command = new GetFunctionConcurrencyCommand({ FunctionName });
        return (await client.send(command, withSignal(signal))).ReservedConcurrentExecutions;
      }),
    putReservedConcurrency: (FunctionName, reserved, signal) =>
      call(`Set reserved concurrency of ${FunctionName}`, async () => {
        if (reserved === undefined) {
          await client.send(new DeleteFunctionConcurrencyCommand({ FunctionName }), withSignal(signal));
          return;
        }
        const command = new PutFunctionConcurrencyCommand({
          FunctionName,
          ReservedConcurrentExecutions: reserved,
        });
        await client.send(command, withSignal(signal));
      }),
  };
}
