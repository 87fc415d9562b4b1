import type { Finding } from '../model/finding.ts';
import { inspectFile, inspectFiles } from './inspect.ts';
import type { LastInspection } from './lastInspection.ts';
import type { SourceStore } from './modules/sourceStore.ts';
import type { FindingsRequest, ProjectFindingsRequest } from './protocol.ts';
import { Findings } from './rules/findings.ts';

export interface OpenFindingsServices {
  readonly store: SourceStore;
  readonly last: LastInspection;
  /** Called now and then; may throw to give up. */
  readonly checkpoint: () => void;
}

/** What the rules say of a file that an editor has open; nothing of one with syntax errors. */
export function findingsOfOpenFile(
  { file: path, text, handlers, severities }: FindingsRequest,
  { store, last, checkpoint }: OpenFindingsServices,
): readonly Finding[] {
  store.setOpen(path, text);
  const inspection = last.take(path, handlers, store) ?? inspectFile(store, path, { handlers, checkpoint });
  if (!inspection) return [];
  return new Findings(inspection, { handlers, severities, checkpoint }).of(inspection.file);
}

/** What the rules say of every file that the handlers reach, by absolute path; files without findings too. */
export function findingsOfProject(
  { handlers, severities }: ProjectFindingsRequest,
  { store, checkpoint }: Omit<OpenFindingsServices, 'last'>,
): ReadonlyMap<string, readonly Finding[]> {
  const inspection = inspectFiles(store, [], { handlers, checkpoint });
  const findings = new Findings(inspection, { handlers, severities, checkpoint });
  const files = [...inspection.program.files.values()];
  return new Map(files.map(file => [file.path, findings.of(file)]));
}
