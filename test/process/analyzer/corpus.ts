// The corpus of handlers, read the way `lambda-lens check` reads a folder.
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyzeFiles } from '../../../src/analyzer/analyzeFiles.ts';
import { nodeFileSystem } from '../../../src/analyzer/modules/fileSystem.ts';
import { SourceStore } from '../../../src/analyzer/modules/sourceStore.ts';
import {
  type FileAnalysis,
  type HandlerLocation,
  handlersForRules,
  knownHandlerOf,
} from '../../../src/analyzer/protocol.ts';
import { templateFindings } from '../../../src/analyzer/rules/templateFindings.ts';
import { HandlerFiles } from '../../../src/analyzer/templates/handlerFiles.ts';
import type { Finding } from '../../../src/model/finding.ts';
import type { FunctionDefinition } from '../../../src/model/functionDefinition.ts';
import { readProject } from '../../../src/project/readProject.ts';

const corpus = join(import.meta.dirname, '..', '..', 'fixtures', 'handlers');

export const corpusFolders: readonly string[] = readdirSync(corpus).sort();

/** Folders whose files look like handlers and are none. */
export const withoutHandlers = /^not-/;

export interface CorpusEntry {
  /** Texts by absolute path, the template among them. */
  readonly files: Readonly<Record<string, string>>;
  readonly analyses: readonly FileAnalysis[];
  /** By the path of the source file or the template. */
  readonly findings: ReadonlyMap<string, readonly Finding[]>;
}

export async function readCorpusEntry(folder: string): Promise<CorpusEntry> {
  const root = join(corpus, folder);
  const paths = globSync('**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,yaml}', { cwd: root }).sort();
  const files = Object.fromEntries(
    paths.map(path => [join(root, path), readFileSync(join(root, path), 'utf8')]),
  );
  const model = paths.includes('template.yaml') ? await readProject(root) : undefined;
  const analyses = analyzeFiles(new SourceStore(nodeFileSystem), {
    files: Object.keys(files).filter(path => !path.endsWith('.yaml')),
    handlers: model ? handlersForRules(model) : [],
  });
  const findings = new Map(analyses.map(analysis => [analysis.path, analysis.findings]));
  for (const [path, own] of model ? templateFindings({ model, locationOf, textOf: path => files[path] }) : [])
    findings.set(path, own);
  return { files, analyses, findings };
}

function locationOf(definition: FunctionDefinition): HandlerLocation | undefined {
  const handler = knownHandlerOf(definition);
  return handler && new HandlerFiles(nodeFileSystem).locate(handler, []);
}

export interface Label {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly rule: string;
}

/** A comment line `^ finds rule` says that the rule reports what begins above the caret; all else is right as it is. */
export function labelsOf({ files }: CorpusEntry): readonly Label[] {
  return Object.entries(files).flatMap(([path, text]) => {
    let line = 0;
    return text.split('\n').flatMap((content, index): Label[] => {
      const [, marker] = /^\s*(?:\/\/|#)\s*\^\s*(.*)$/.exec(content) ?? [];
      if (marker === undefined) line = index + 1;
      const [, rule] = /^finds (\S+)$/.exec(marker ?? '') ?? [];
      return rule === undefined ? [] : [{ path, line, column: content.indexOf('^') + 1, rule }];
    });
  });
}
