import { realpath } from 'node:fs/promises';
import type { SavedFunction } from '../../model/savedFunction.ts';
import { isBelow } from '../paths.ts';
import type { Catalog } from './catalog.ts';
import type { HeldLatest } from './heldLatest.ts';
import type { Provisioning } from './provisioning.ts';

/** Takes what was saved for the new `$LATEST`, without waiting for an invocation that asks for it. */
export interface Saves {
  /**
   * Builds the functions that a file is part of. Whether the API contests their `$LATEST` is told by an event.
   *
   * @param file an absolute path
   */
  saved(file: string): Promise<readonly SavedFunction[]>;
}

export function createSaves(
  catalog: Catalog,
  held: Pick<HeldLatest, 'watch'>,
  provisioning: Pick<Provisioning, 'apply'>,
): Saves {
  function heldFrom(file: string): readonly string[] {
    return catalog.functions.held().filter(name => {
      const definition = catalog.workspace.definition(name);
      return definition !== undefined && isBelow(file, definition.codeDirectory);
    });
  }

  async function build(functionName: string): Promise<SavedFunction> {
    const found = await catalog.runtime().workspaceCode(functionName);
    if (found === undefined || found.built.kind === 'ready') {
      provisioning.apply(functionName);
      return { functionName };
    }
    const { errorMessage: message, trace } = found.built.error;
    catalog.events.emit({ type: 'buildFailed', functionName, message });
    return { functionName, failure: { message, trace } };
  }

  return {
    async saved(path) {
      // Templates are read from the folder's real path, which need not be what an editor calls it.
      const file = await realpath(path).catch(() => path);
      for (const name of heldFrom(file)) held.watch(name);
      const names = catalog.runtime().builtFrom(file);
      return Promise.all(names.map(build));
    },
  };
}
