import type { DatabaseSync } from 'node:sqlite';
import type { FunctionDefinition } from '../../model/functionDefinition.ts';
import type { AliasDefinition, FunctionUrlDefinition, VersionDefinition } from '../../model/versions.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Log } from '../../shared/log.ts';
import type { CodeArchives } from '../code/codeArchives.ts';
import type { FunctionRuntime } from '../invoke/invocation.ts';
import type { EventSink, Ids } from '../ports.ts';
import { type AliasTable, createAliasTable } from '../store/aliasTable.ts';
import {
  createFunctionTable,
  createVersionTable,
  type FunctionTable,
  type VersionTable,
} from '../store/functionTable.ts';
import { createLayerTable, type LayerTable } from '../store/layerTable.ts';
import { rememberFunctions, rememberSettings } from '../store/remembered.ts';
import { createSettingTable, type SettingTable } from '../store/settingTable.ts';
import { inTransaction } from '../store/transaction.ts';

/** What everything that is about functions, versions and aliases works with. */
export interface Catalog {
  readonly home: { readonly region: string; readonly accountId: string };
  readonly clock: Pick<Clock, 'now'>;
  readonly ids: Ids;
  readonly log: Log;
  readonly events: EventSink;
  readonly archives: CodeArchives;
  readonly functions: FunctionTable;
  readonly versions: VersionTable;
  readonly aliases: AliasTable;
  readonly settings: SettingTable;
  readonly layers: LayerTable;
  readonly workspace: WorkspaceFunctions;
  readonly runtime: () => Pick<FunctionRuntime, RuntimePart>;
  /** From 0 up to, and without, 1; every invocation of an alias with weights takes one. */
  readonly random: () => number;
  /** How many invocations the account allows at once, and how many environments there are at most. */
  readonly limits: { readonly accountConcurrency: number; readonly maxEnvironments: number };
  /** All of a change is written, or nothing. */
  transaction<T>(change: () => T): T;
}

type RuntimePart = 'workspaceCode' | 'builtFrom' | 'retire' | 'provision' | 'endProvision' | 'provisioned';

/** What the workspace's templates define. */
export interface WorkspaceFunctions {
  /** The folder, by its real path. */
  readonly root: string;
  names(): readonly string[];
  definition(name: string): FunctionDefinition | undefined;
  /** Of one function. */
  aliases(name: string): readonly AliasDefinition[];
  versions(name: string): readonly VersionDefinition[];
  urls(name: string): readonly FunctionUrlDefinition[];
}

export interface CatalogParts
  extends Omit<Catalog, 'functions' | 'versions' | 'aliases' | 'settings' | 'layers' | 'transaction'> {
  readonly database: DatabaseSync;
}

export function createCatalog({ database, ...parts }: CatalogParts): Catalog {
  const functions = rememberFunctions(createFunctionTable(database));
  const settings = rememberSettings(createSettingTable(database));
  return {
    ...parts,
    functions,
    versions: createVersionTable(database),
    aliases: createAliasTable(database),
    settings,
    layers: createLayerTable(database),
    transaction(change) {
      try {
        return inTransaction(database, change);
      } catch (error) {
        functions.forget();
        settings.forget();
        throw error;
      }
    },
  };
}

/** @param qualifier absent: the function itself */
export function functionArn({ home }: Pick<Catalog, 'home'>, name: string, qualifier?: string): string {
  const arn = `arn:aws:lambda:${home.region}:${home.accountId}:function:${name}`;
  return qualifier === undefined ? arn : `${arn}:${qualifier}`;
}

/** Whether there is a function of that name: in the workspace, or put here by the API. */
export function functionExists({ functions, workspace }: Catalog, name: string): boolean {
  return workspace.definition(name) !== undefined || functions.get(name)?.held === true;
}

/** Every function, in the order of names. */
export function functionNames({ functions, workspace }: Catalog): readonly string[] {
  return [...new Set([...workspace.names(), ...functions.held()])].sort();
}
