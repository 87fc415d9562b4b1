// Runs in a process of its own, so that memory and compiled code are those of one way to look at the files.
// It prints JSON.
import { readFileSync } from 'node:fs';
import { Project, ts } from 'ts-morph';
import { analyzeFiles } from '../../../src/analyzer/analyzeFiles.ts';
import { inspectFiles } from '../../../src/analyzer/inspect.ts';
import { nodeFileSystem } from '../../../src/analyzer/modules/fileSystem.ts';
import { SourceStore } from '../../../src/analyzer/modules/sourceStore.ts';
import { analyzeOpenFile } from '../../../src/analyzer/openFile.ts';
import { Findings } from '../../../src/analyzer/rules/findings.ts';
import { StatementIndex } from '../../../src/analyzer/statements.ts';
import { typed } from './handlers.ts';

/** Milliseconds of this process's processor time, which other processes do not add to, and megabytes. */
export interface AnalyzerOutcome {
  readonly times: readonly number[];
  /** Milliseconds by the clock, all of it together. */
  readonly elapsed: number;
  readonly megabytes: number;
}

export type Way = 'parse' | 'analyze' | 'phases' | 'rules' | 'typecheck';
export type Subject = 'update' | 'workspace';

const [subject = '', way = '', ...paths] = process.argv.slice(2);
const started = performance.now();
const times = subject === 'update' ? update(way as Way, paths[0] ?? '') : [workspace(way as Way)];
const outcome: AnalyzerOutcome = {
  times,
  elapsed: performance.now() - started,
  megabytes: process.memoryUsage().rss / 1024 / 1024,
};
process.stdout.write(JSON.stringify(outcome));

function timed(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function parse(path: string, text: string): void {
  ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
}

/** One key after the other in one file, when everything is warm. */
function update(how: Way, path: string): readonly number[] {
  const text = readFileSync(path, 'utf8');
  const services = { store: new SourceStore(nodeFileSystem), index: new StatementIndex(), checkpoint() {} };
  const project = how === 'typecheck' ? typedProject([path]) : undefined;
  const runs = how === 'typecheck' ? { cold: 2, warm: 5 } : { cold: 60, warm: 200 };
  const measured: number[] = [];
  for (let key = 0; key < runs.cold + runs.warm; key += 1) {
    const next = typed(text, key % 40);
    const time = timed(() => {
      if (how === 'parse') parse(path, next);
      else if (how === 'analyze')
        analyzeOpenFile({ file: path, text: next, version: key, mode: 'edges' }, services);
      else project?.getSourceFileOrThrow(path).replaceWithText(next).getProject().getPreEmitDiagnostics();
    });
    if (key >= runs.cold) measured.push(time);
  }
  return measured;
}

/** Every file once, when nothing is warm. */
function workspace(how: Way): number {
  const handlers = paths.map(file => ({ file, exportPath: 'handler' }));
  if (how === 'rules') {
    const inspection = inspectFiles(new SourceStore(nodeFileSystem), paths, { handlers });
    return timed(() => {
      const findings = new Findings(inspection, { handlers });
      const found = [...inspection.program.files.values()].flatMap(file => findings.of(file));
      if (found.length === 0) throw new Error('The rules have found nothing');
    });
  }
  return timed(() => {
    if (how === 'parse') for (const path of paths) parse(path, readFileSync(path, 'utf8'));
    else if (how === 'typecheck') typedProject(paths).getPreEmitDiagnostics();
    else if (how === 'phases') inspectFiles(new SourceStore(nodeFileSystem), paths, { handlers });
    else {
      const files = analyzeFiles(new SourceStore(nodeFileSystem), { files: paths, handlers });
      if (files.some(({ regions }) => regions.length === 0)) throw new Error('A handler was not found');
    }
  });
}

function typedProject(files: readonly string[]): Project {
  const project = new Project({
    compilerOptions: {
      strict: true,
      skipLibCheck: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      types: ['node'],
    },
  });
  project.addSourceFilesAtPaths([...files]);
  project.resolveSourceFileDependencies();
  return project;
}
