import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { EnvironmentSettings } from '../model/environmentSettings.ts';
import type { ProjectModel } from '../model/functionDefinition.ts';
import type { HttpAddress } from '../model/httpAddress.ts';
import type { Disposable } from '../shared/disposable.ts';
import { messageOf } from '../shared/errors.ts';
import type { Deployment } from './api/operations/deployment.ts';
import { deploymentOperations } from './api/operations/deploymentOperations.ts';
import type { OperationHandler } from './api/operations/operation.ts';
import { urlDefinitions } from './api/operations/urls/functionUrls.ts';
import { createCodeArchives } from './code/codeArchives.ts';
import { type CodeLinks, createCodeLinks } from './code/codeLinks.ts';
import { createObjectSource } from './code/objectSource.ts';
import { linkSdk } from './code/sdkPackages.ts';
import type { DoorResources } from './frontdoors/routing/doors.ts';
import { executionRole } from './functions/executionRole.ts';
import type { AsyncSettings } from './invoke/async/asyncInvoker.ts';
import type { DeployedFunctions, FunctionRuntime } from './invoke/invocation.ts';
import type { Credentials, Ports } from './ports.ts';
import type { LocalEnvironment } from './versions/deployed.ts';
import { publishedVersion } from './versions/find.ts';
import { recursiveLoopOf } from './versions/recursiveLoop.ts';
import { reservedConcurrencyOf } from './versions/reservedConcurrency.ts';
import { createVersionService, type VersionService } from './versions/service.ts';
import { createWorkspaceFunctions } from './versions/workspaceFunctions.ts';

type AsyncFunctionSettings = Pick<AsyncSettings, 'deadLetterArn' | 'reservedConcurrency'>;

export interface DeploymentsOptions {
  readonly root: string;
  readonly stateDirectory: string;
  readonly region: string;
  readonly accountId: string;
  readonly environments: Pick<EnvironmentSettings, 'accountConcurrency' | 'maxEnvironments'>;
  readonly endpoint: string;
  /** For what the engine asks of itself. */
  readonly credentials: Credentials;
}

export interface DeploymentsParts extends Pick<Ports, 'clock' | 'ids' | 'log' | 'events'> {
  readonly database: DatabaseSync;
  readonly runtime: () => FunctionRuntime;
  readonly addresses: () => readonly HttpAddress[];
  readonly localEnvironment: LocalEnvironment;
  /** The function URLs are others than they were. */
  readonly urlsChanged: () => void;
}

/** Not while whoever has started the engine waits for it. */
const publishAfterMs = 500;
const cleanAfterMs = 10_000;

/** What the engine has deployed: the functions of the workspace, and what the API has made. */
export interface Deployments extends Pick<VersionService, 'catalog' | 'held' | 'find' | 'saves'>, Disposable {
  readonly deployed: DeployedFunctions;
  readonly operations: Readonly<Record<string, OperationHandler>>;
  readonly links: CodeLinks;
  /** The functions that the API has put here or changed, in the order of names. */
  heldNames(): readonly string[];
  update(project: Pick<ProjectModel, 'functions' | 'resources'>): void;
  /** Asks in the background whether templates contest what the API has put in `$LATEST`. */
  lookAtHeld(): void;
  /** What asynchronous invocations need to know of a function, or of one of its versions. */
  settingsOf(functionName: string, qualifier: string): AsyncFunctionSettings;
  /** The ARN of a function's execution role. */
  roleOf(functionName: string): string;
  /** Whether a function may call itself for as long as it likes. */
  mayLoop(functionName: string): boolean;
  /** The resources with the function URLs that the API has made. */
  withUrls(resources: DoorResources | undefined): DoorResources;
  /** Removes, when there is time, code that nothing needs any more. */
  cleanUp(): void;
}

export function createDeployments(options: DeploymentsOptions, parts: DeploymentsParts): Deployments {
  const { region, accountId, endpoint } = options;
  const { clock, ids, log, events, database } = parts;
  const root = realpathSync(options.root);
  const archives = createCodeArchives(join(options.stateDirectory, 'code'), ids);
  const workspace = createWorkspaceFunctions(root);
  const service = createVersionService(
    {
      home: { region, accountId },
      clock,
      ids,
      log,
      events,
      archives,
      workspace,
      database,
      runtime: parts.runtime,
      random: Math.random,
      limits: options.environments,
    },
    parts.localEnvironment,
  );
  const links = createCodeLinks(endpoint, archives, { clock, ids });
  const deployment: Deployment = {
    ...service,
    codeSource: createObjectSource(endpoint, region, options.credentials),
    codeLocation: sha256 => links.linkTo(sha256),
    sdkFolders: linkSdk(root, join(options.stateDirectory, 'runtime')),
    urlOf: (functionName, qualifier) =>
      parts
        .addresses()
        .find(
          address =>
            address.kind === 'functionUrl' &&
            address.functionName === functionName &&
            address.qualifier === qualifier,
        )?.url,
    urlsChanged: parts.urlsChanged,
  };
  let cleaning: Disposable | undefined;
  let publishing: Disposable | undefined;
  const ending = new AbortController();
  return {
    ...service,
    links,
    operations: deploymentOperations(deployment),
    heldNames: () => service.catalog.functions.held(),
    update(project) {
      workspace.update(project);
      service.template.reset();
      service.provisioning.applyAll();
      publishing?.dispose();
      publishing = clock.after(publishAfterMs, () => {
        service.template
          .ensureDeployed(ending.signal)
          .catch(error => log.warn(`What templates publish could not be published: ${messageOf(error)}`));
      });
    },
    settingsOf(functionName, qualifier) {
      const { catalog } = service;
      const reservedConcurrency = reservedConcurrencyOf(catalog, functionName);
      const name = catalog.aliases.get(functionName, qualifier)?.version ?? qualifier;
      const version = publishedVersion(catalog, functionName, name);
      const record = catalog.functions.get(functionName);
      const latest = record?.held ? record.latest.configuration : workspace.definition(functionName);
      const { deadLetterTargetArn } = version?.configuration ?? latest ?? {};
      return {
        ...(deadLetterTargetArn === undefined ? {} : { deadLetterArn: deadLetterTargetArn }),
        ...(reservedConcurrency === undefined ? {} : { reservedConcurrency }),
      };
    },
    lookAtHeld() {
      for (const name of service.catalog.functions.held()) {
        if (workspace.definition(name)) service.held.watch(name);
      }
    },
    roleOf(functionName) {
      const { functions } = service.catalog;
      const held = functions.get(functionName)?.latest.configuration.roleArn;
      const defined = workspace.definition(functionName);
      const logicalId = defined?.logicalId ?? functionName;
      const roleArn = defined?.roleArn ?? held;
      return executionRole({ logicalId, ...(roleArn === undefined ? {} : { roleArn }) }, accountId);
    },
    mayLoop: functionName => recursiveLoopOf(service.catalog, functionName) === 'Allow',
    withUrls(resources) {
      const { apis = [], routes = [], authorizers = [], functionUrls = [] } = resources ?? {};
      const urls = urlDefinitions(service.catalog, root);
      return { apis, routes, authorizers, functionUrls: [...functionUrls, ...urls] };
    },
    cleanUp() {
      cleaning = clock.after(cleanAfterMs, () => {
        archives
          .keepOnly(() => service.catalog.versions.codes())
          .catch(error => log.warn(`Code that nothing needs could not be removed: ${messageOf(error)}`));
      });
    },
    dispose() {
      ending.abort();
      cleaning?.dispose();
      publishing?.dispose();
    },
  };
}
