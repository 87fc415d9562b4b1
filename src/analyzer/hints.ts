import type { Band, FileAnalysis, Hint, HintMode, Mark, Note, Phase, Region } from './protocol.ts';

/** The hints of a file. `lineLength` tells how many UTF-16 units a line (from 1) has. */
export function hintsOf(
  analysis: FileAnalysis,
  mode: HintMode,
  lineLength: (line: number) => number,
): readonly Hint[] {
  if (mode === 'off') return [];
  const byLine = new Map<number, Hint>();
  const add = (line: number, hint: Omit<Hint, 'line' | 'column'>) => {
    if (!byLine.has(line)) byLine.set(line, { line, column: lineLength(line) + 1, ...hint });
  };
  for (const note of analysis.notes) add(note.startLine, noteHint(note));
  for (const { region, parent } of nest(analysis.regions)) {
    if (mode === 'edges' && parent?.phase === region.phase) continue;
    add(region.startLine, regionHint(region, parent));
  }
  return [...byLine.values()].sort((a, b) => a.line - b.line);
}

/** The lines on which another phase begins. */
export function marksOf({ regions }: FileAnalysis): readonly Mark[] {
  const marks = new Map<number, Mark>();
  for (const { region, parent } of nest(regions)) {
    if (parent?.phase === region.phase) continue;
    marks.set(region.startLine, { line: region.startLine, phase: region.phase });
  }
  return [...marks.values()].sort((a, b) => a.line - b.line);
}

/** Lines by phase: a line belongs to the innermost region that holds all of it, or begins on it and goes on. */
export function bandsOf({ regions }: FileAnalysis): readonly Band[] {
  const [file] = regions;
  if (!file) return [];
  const phases = new Map<number, Phase>();
  for (const { startLine, endLine, phase } of regions) {
    for (let line = startLine; line <= endLine; line += 1) phases.set(line, phase);
  }
  const bands: Band[] = [];
  for (const [line, phase] of phases) {
    const last = bands.at(-1);
    if (last && last.phase === phase && last.endLine === line - 1)
      bands[bands.length - 1] = { ...last, endLine: line };
    else bands.push({ startLine: line, endLine: line, phase });
  }
  return bands;
}

const labels: Readonly<Record<Phase, string>> = {
  init: 'once per environment',
  invoke: 'every invocation',
  both: 'init and every invocation',
  lazy: 'once, on first use',
};

const explanations: Readonly<Record<Phase, string>> = {
  init: 'Runs once per execution environment, before its first invocation. Later invocations in the same environment reuse what it made.',
  invoke: 'Runs on every invocation.',
  both: 'Runs during init and on every invocation.',
  lazy: 'Runs once per execution environment, on the first invocation that gets here.',
};

function regionHint(region: Region, parent: Region | undefined): Omit<Hint, 'line' | 'column'> {
  const { phase, reason } = region;
  const kind = parent ? 'region' : 'module';
  return { label: labels[phase], kind, phase, tooltip: `${explanations[phase]}\n\n${sentence(reason)}` };
}

function noteHint({ kind, label, phase }: Note): Omit<Hint, 'line' | 'column'> {
  const text: Readonly<Record<Phase, string>> = {
    init: `${kind} reused`,
    invoke: `new ${kind} every invocation`,
    both: `new ${kind} at init and every invocation`,
    lazy: `${kind} made once, on first use`,
  };
  return { label: text[phase], kind, phase, tooltip: `${label}: ${explanations[phase]}` };
}

/** Each region with the innermost one around it; regions come outer ones first, as an analysis has them. */
function nest(regions: readonly Region[]): readonly { region: Region; parent: Region | undefined }[] {
  const open: Region[] = [];
  return regions.map(region => {
    for (let last = open.at(-1); last && !endsAfter(last, region); last = open.at(-1)) open.pop();
    const parent = open.at(-1);
    open.push(region);
    return { region, parent };
  });
}

function endsAfter(outer: Region, inner: Region): boolean {
  return (
    outer.endLine - inner.endLine > 0 ||
    (outer.endLine === inner.endLine && outer.endColumn >= inner.endColumn)
  );
}

function sentence(reason: string): string {
  return `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;
}
