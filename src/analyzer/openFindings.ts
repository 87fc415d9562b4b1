import { applyEdits } from '../model/applyEdits.ts';
import type { Finding, TextEdit } from '../model/finding.ts';
import { editsBetween } from './fixes/editsBetween.ts';
import { inspectFile, inspectFiles } from './inspect.ts';
import type { LastInspection } from './lastInspection.ts';
import type { SourceStore } from './modules/sourceStore.ts';
import type { FindingsRequest, FoundInFile, ProjectFindingsRequest } from './protocol.ts';
import { Findings } from './rules/findings.ts';
import { hasSyntaxErrors } from './syntax.ts';

export interface OpenFindingsServices {
  readonly store: SourceStore;
  readonly last: LastInspection;
  /** Called now and then; may throw to give up. */
  readonly checkpoint: () => void;
}

/** What the rules say of a file that an editor has open. */
export function findingsOfOpenFile(
  { file: path, text, handlers, severities }: FindingsRequest,
  { store, last, checkpoint }: OpenFindingsServices,
): FoundInFile {
  const { source } = store.setOpen(path, text);
  const isComplete = !hasSyntaxErrors(source);
  const inspection = last.take(path, handlers, store) ?? inspectFile(store, path, { handlers, checkpoint });
  if (!inspection) return { isComplete, findings: [] };
  const findings = new Findings(inspection, { handlers, severities, checkpoint }).of(inspection.file);
  return { isComplete, findings };
}

/** How many fixes a file gets at most. */
const maximumFixes = 50;

/** One fix after the other, as each may choose names and places that the next one must know of. */
export function fixOpenFile(request: FindingsRequest, services: OpenFindingsServices): readonly TextEdit[] {
  let { text } = request;
  try {
    for (let count = 0; count < maximumFixes; count += 1) {
      const { findings } = findingsOfOpenFile({ ...request, text }, services);
      const fix = findings.find(finding => finding.fix?.isSafe)?.fix;
      if (!fix) break;
      text = applyEdits(text, fix.edits);
    }
  } finally {
    services.store.setOpen(request.file, request.text);
  }
  return editsBetween(request.text, text);
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
