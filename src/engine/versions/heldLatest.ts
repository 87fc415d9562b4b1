import type { Catalog } from './catalog.ts';
import { configurationOf } from './configuration.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { FunctionRecord } from './records.ts';
import type { WorkspaceLatest } from './workspaceLatest.ts';

/** Whose `$LATEST` a function has, where both the workspace and the API have one. */
export interface HeldLatest {
  /** What the workspace's function is now; undefined where there is none that builds. */
  workspaceIs(functionName: string): Promise<string | undefined>;
  /** Looks in the background, and tells once of each change of the workspace. */
  watch(functionName: string): void;
  state(functionName: string): Promise<LatestState>;
  /** @returns false where there is nothing to decide. */
  decide(functionName: string, keep: 'workspace' | 'api'): Promise<boolean>;
}

export interface LatestState {
  readonly heldBy: 'workspace' | 'api';
  /** The workspace has changed since the API put something there, so that somebody has to say which counts. */
  readonly contested: boolean;
}

export function createHeldLatest(catalog: Catalog, workspaceLatest: WorkspaceLatest): HeldLatest {
  const looking = new Set<string>();
  const told = new Map<string, string>();

  async function workspaceIs(functionName: string): Promise<string | undefined> {
    const digest = await workspaceLatest.digest(functionName);
    const definition = catalog.workspace.definition(functionName);
    if (digest === undefined || definition === undefined) return undefined;
    const configuration = configurationOf(definition, catalog.home.accountId);
    return fingerprintOf({ configuration, code: { sha256: digest, size: 0, packageFolders: [] } });
  }

  function held(functionName: string): FunctionRecord | undefined {
    const record = catalog.functions.get(functionName);
    return record?.held && catalog.workspace.definition(functionName) ? record : undefined;
  }

  async function look(functionName: string): Promise<void> {
    const now = await workspaceIs(functionName);
    const record = held(functionName);
    if (!record || now === undefined || now === record.workspaceWas || told.get(functionName) === now) return;
    told.set(functionName, now);
    catalog.events.emit({ type: 'latestContested', functionName });
    catalog.log.warn(
      `${functionName} has changed in the workspace since the Lambda API updated it; its $LATEST stays as the API put it until it is given back to the workspace.`,
    );
  }

  return {
    workspaceIs,
    watch(functionName) {
      if (looking.has(functionName)) return;
      looking.add(functionName);
      look(functionName)
        .catch(error =>
          catalog.log.warn(`${functionName} could not be compared with the workspace: ${String(error)}`),
        )
        .finally(() => looking.delete(functionName));
    },
    async state(functionName) {
      const now = await workspaceIs(functionName);
      const record = held(functionName);
      return {
        heldBy: catalog.functions.get(functionName)?.held ? 'api' : 'workspace',
        contested: record !== undefined && now !== undefined && now !== record.workspaceWas,
      };
    },
    async decide(functionName, keep) {
      const now = await workspaceIs(functionName);
      const record = held(functionName);
      if (!record) return false;
      const { workspaceWas: _was, ...latest } = record;
      catalog.transaction(() =>
        catalog.functions.put(
          keep === 'workspace'
            ? { ...latest, held: false }
            : { ...latest, ...(now === undefined ? {} : { workspaceWas: now }) },
        ),
      );
      told.delete(functionName);
      catalog.events.emit({ type: 'versionsChanged', functionName });
      return true;
    },
  };
}
