import type { Finding, RuleSeverities } from '../../model/finding.ts';
import { rules } from './index.ts';
import type { DefinedProject, Rule } from './rule.ts';
import { suppressionsOf } from './suppressions.ts';

export interface TemplateFindingsOptions {
  readonly severities?: RuleSeverities;
  /** Absent: all. */
  readonly rules?: readonly Rule[];
}

/** What the rules say of the templates of a project: by absolute path, each file that has findings. */
export function templateFindings(
  project: DefinedProject,
  { severities = {}, rules: chosen = rules }: TemplateFindingsOptions = {},
): ReadonlyMap<string, readonly Finding[]> {
  const byFile = new Map<string, Finding[]>();
  for (const rule of chosen) {
    for (const { range, message, severity } of rule.checkTemplates(project)) {
      const { file, ...place } = range;
      const chosenSeverity = severities[rule.name] ?? severity ?? rule.severity;
      if (chosenSeverity === 'off') continue;
      const finding = { rule: rule.name, severity: chosenSeverity, message, ...place, fixable: false };
      const known = byFile.get(file) ?? [];
      // What all functions have from one place, as from SAM's Globals, is said once.
      if (!known.some(each => isSame(each, finding))) byFile.set(file, [...known, finding]);
    }
  }
  const quiet = [...byFile].flatMap(([file, findings]): [string, readonly Finding[]][] => {
    const suppressed = suppressionsOf({ text: project.textOf(file) ?? '' });
    const left = findings
      .filter(({ rule, startLine }) => !suppressed.get(startLine)?.has(rule))
      .sort((a, b) => a.startLine - b.startLine || a.startColumn - b.startColumn);
    return left.length > 0 ? [[file, left]] : [];
  });
  return new Map(quiet);
}

function isSame(a: Finding, b: Finding): boolean {
  return a.rule === b.rule && a.startLine === b.startLine && a.startColumn === b.startColumn;
}
