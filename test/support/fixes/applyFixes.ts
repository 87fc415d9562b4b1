import { inspectFiles } from '../../../src/analyzer/inspect.ts';
import { SourceStore } from '../../../src/analyzer/modules/sourceStore.ts';
import { Findings } from '../../../src/analyzer/rules/findings.ts';
import { rules } from '../../../src/analyzer/rules/index.ts';
import { applyEdits } from '../../../src/model/applyEdits.ts';
import type { Finding } from '../../../src/model/finding.ts';

/** `// template: handler nodejs24.x` names the handler; else it is what the code looks like one. */
export function findingsOf(text: string, extension: string, template = text): readonly Finding[] {
  const path = `/app/handler${extension}`;
  const [, exportPath, runtime] = /^\s*\/\/ template: (\S+)(?: (\S+))?/m.exec(template) ?? [];
  const store = new SourceStore({
    stamp: file => (file === path ? 'once' : undefined),
    read: file => (file === path ? text : undefined),
    realPath: () => undefined,
  });
  const handlers = exportPath ? [{ file: path, exportPath, ...(runtime !== undefined && { runtime }) }] : [];
  const known = handlers.length > 0 ? handlers : [{ file: path, exportPath: 'handler' }];
  const inspection = inspectFiles(store, [path], { handlers: known });
  const file = inspection.program.file(path);
  return file ? new Findings(inspection, { handlers: known, rules }).of(file) : [];
}

/** Applies the fixes of a rule, each to what the one before has left. */
export function applyFixes(text: string, extension: string, rule: string): string {
  // What names the handler is no part of the code: no fix is to put anything above it.
  const [template = ''] = /^\/\/ template: .*\r?\n/.exec(text) ?? [];
  let now = text.slice(template.length);
  for (let count = 0; count < 20; count += 1) {
    const findings = findingsOf(now, extension, template);
    const fix = findings.find(finding => finding.rule === rule && finding.fix)?.fix;
    if (!fix) return template + now;
    now = applyEdits(now, fix.edits);
  }
  throw new Error(`The fixes of ${rule} never end:\n${now}`);
}
