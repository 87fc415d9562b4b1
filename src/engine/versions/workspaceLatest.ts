import { isUserError } from '../../shared/errors.ts';
import { writeZip } from '../code/writeZip.ts';
import type { Code } from '../functions/codeStore.ts';
import { digestOfFolder } from '../functions/folderCode.ts';
import { packageCode } from '../functions/packageCode.ts';
import type { Catalog } from './catalog.ts';
import { configurationOf } from './configuration.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { FunctionRecord, VersionCode, VersionRecord } from './records.ts';

/** `$LATEST` of functions: what the API has put there, else the workspace as it is at the moment. */
export interface WorkspaceLatest {
  /** Builds a function of the workspace where it has changed; undefined when there is no such function. */
  of(name: string): Promise<FunctionRecord | undefined>;
  /** Tells one state of the workspace's code from another; undefined where it has none that builds. */
  digest(name: string): Promise<string | undefined>;
}

export function createWorkspaceLatest(catalog: Catalog): WorkspaceLatest {
  const packed = new Map<string, { readonly key: string; readonly code: VersionCode }>();

  async function pack(name: string, code: Code, codeDirectory: string): Promise<VersionCode> {
    // What a scan of the imports does not see may have changed in a folder.
    const key =
      code.origin?.kind === 'folder' ? `${code.digest} ${digestOfFolder(codeDirectory)}` : code.digest;
    const known = packed.get(name);
    if (known?.key === key) return known.code;
    const { files, sources, packageFolders } = await packageCode(code, codeDirectory, catalog.workspace.root);
    const archive = await writeZip(files);
    const made: VersionCode = {
      sha256: await catalog.archives.put(archive),
      size: archive.length,
      packageFolders,
      ...(sources.length > 0 ? { sources: await catalog.archives.put(await writeZip(sources)) } : {}),
    };
    packed.set(name, { key, code: made });
    return made;
  }

  return {
    async of(name) {
      const before = catalog.functions.get(name);
      if (before?.held) return before;
      const found = await catalog.runtime().workspaceCode(name);
      if (found === undefined) return undefined;
      const { built } = found;
      // As the template has it: what runs here has this machine's variables besides.
      const definition = catalog.workspace.definition(name) ?? found.definition;
      let code: VersionCode | undefined = before?.latest.code;
      let failure = built.kind === 'ready' ? undefined : built.error.errorMessage;
      if (built.kind === 'ready') {
        try {
          code = await pack(name, built.code, definition.codeDirectory);
        } catch (error) {
          if (!isUserError(error)) throw error;
          failure = error.message;
        }
      }
      // The API may have put something there in the meantime.
      const record = catalog.functions.get(name);
      if (record?.held) return record;
      const latest: Omit<VersionRecord, 'revisionId' | 'modifiedAt'> = {
        number: 0,
        configuration: configurationOf(definition, catalog.home.accountId),
        ...(code === undefined ? {} : { code }),
        ...(failure === undefined ? {} : { failure }),
      };
      if (
        record &&
        record.latest.failure === failure &&
        fingerprintOf(record.latest) === fingerprintOf(latest)
      ) {
        return record;
      }
      const changed: FunctionRecord = {
        name,
        held: false,
        latest: { ...latest, revisionId: catalog.ids.uuid(), modifiedAt: catalog.clock.now() },
      };
      catalog.transaction(() => catalog.functions.put(changed));
      return changed;
    },
    async digest(name) {
      const found = await catalog.runtime().workspaceCode(name);
      return found?.built.kind === 'ready' ? found.built.code.digest : undefined;
    },
  };
}
