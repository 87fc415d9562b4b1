import type { Inspection } from './inspect.ts';
import type { SourceStore } from './modules/sourceStore.ts';
import type { FileFacts } from './phases/model.ts';
import type { KnownHandler } from './protocol.ts';

export type FileInspection = Inspection & { readonly file: FileFacts };

/**
 * What was found out for the hints of a file, for the findings that are asked for next. It is given away once, and
 * only where no text has changed since: the disk is looked at again with the next hints.
 */
export class LastInspection {
  #kept:
    | { readonly inspection: FileInspection; readonly handlers: string; readonly edits: number }
    | undefined;

  keep(inspection: FileInspection, handlers: readonly KnownHandler[], { edits }: SourceStore): void {
    this.#kept = { inspection, handlers: keyOf(handlers), edits };
  }

  take(path: string, handlers: readonly KnownHandler[], { edits }: SourceStore): FileInspection | undefined {
    const kept = this.#kept;
    this.#kept = undefined;
    if (kept?.inspection.file.path !== path || kept.edits !== edits) return undefined;
    return kept.handlers === keyOf(handlers) ? kept.inspection : undefined;
  }
}

/** What of known handlers an inspection depends on. */
function keyOf(handlers: readonly KnownHandler[]): string {
  return handlers.map(({ file, exportPath }) => `${file}\0${exportPath}`).join('\0');
}
