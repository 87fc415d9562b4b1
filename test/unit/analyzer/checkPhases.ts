import assert from 'node:assert/strict';
import { analyzeFiles } from '../../../src/analyzer/analyzeFiles.ts';
import type { LinkedFileSystem } from '../../../src/analyzer/modules/fileSystem.ts';
import { SourceStore } from '../../../src/analyzer/modules/sourceStore.ts';
import type { FileAnalysis, KnownHandler, Region } from '../../../src/analyzer/protocol.ts';

/** Files of a program that exists in memory only. */
export type Files = Readonly<Record<string, string>>;

/**
 * Splits a text at lines `// @file name` or `# @file name`; what stands before the first of them is `handler.ts`. Paths are
 * below `/app`.
 */
export function filesOf(text: string): Files {
  const files: Record<string, string> = {};
  let name = 'handler.ts';
  let lines: string[] = [];
  const end = () => {
    if (lines.some(line => line.trim() !== '')) files[`/app/${name}`] = lines.join('\n');
  };
  for (const line of text.split('\n')) {
    const next = /^\s*(?:\/\/|#) @file (\S+)/.exec(line)?.[1];
    if (next === undefined) lines.push(line);
    else {
      end();
      name = next;
      lines = [];
    }
  }
  end();
  return files;
}

function memoryFileSystem(files: Files, links: Files = {}): LinkedFileSystem {
  return {
    stamp: path => (path in files ? 'once' : undefined),
    read: path => files[path],
    realPath: path => links[path],
  };
}

export function analyze(
  files: Files,
  handlers: readonly KnownHandler[] = [],
  links: Files = {},
): readonly FileAnalysis[] {
  const store = new SourceStore(memoryFileSystem(files, links));
  const sources = Object.keys(files).filter(path => /\.[cm]?[jt]sx?$/.test(path));
  return analyzeFiles(store, { files: sources, handlers });
}

/** `// @link path -> target` lines are links of the file system. */
function filesAndLinks(text: string): { readonly files: Files; readonly links: Files } {
  const links = [...text.matchAll(/^\s*\/\/ @link (\S+) -> (\S+)$/gm)].map(
    ([, from, to]): [string, string] => [`/app/${from}`, `/app/${to}`],
  );
  return { files: filesOf(text), links: Object.fromEntries(links) };
}

/**
 * Checks every marker: a comment line with `^ phase` says in which phase the code above its caret runs, and
 * `^ none` that it is in no region at all. `template: name` on the first line makes that export a handler.
 */
export function checkPhases(text: string): void {
  const { files, links } = filesAndLinks(text);
  const template = /^\s*\/\/ template: (\S+)/m.exec(text)?.[1];
  const handlers = template ? [{ file: Object.keys(files)[0] ?? '', exportPath: template }] : [];
  checkMarkers(files, analyze(files, handlers, links));
}

/** Checks the markers of files against what an analysis says of them. */
export function checkMarkers(files: Files, analyses: readonly FileAnalysis[]): void {
  const wrong: string[] = [];
  let markers = 0;
  for (const [path, content] of Object.entries(files)) {
    const regions = analyses.find(analysis => analysis.path === path)?.regions ?? [];
    for (const marker of markersOf(content)) {
      markers += 1;
      const found = phaseAt(regions, marker.line, marker.column);
      if (found !== marker.phase) {
        wrong.push(
          `${path}:${marker.line}:${marker.column} is ${found}, not ${marker.phase}: ${marker.code}`,
        );
      }
    }
  }
  assert.ok(markers > 0, 'the text has no marker');
  assert.equal(wrong.join('\n'), '');
}

/** The phase of the innermost region around a position, or `none`. */
function phaseAt(regions: readonly Region[], line: number, column: number): string {
  return regions.findLast(region => holds(region, line, column))?.phase ?? 'none';
}

interface Marker {
  readonly line: number;
  readonly column: number;
  readonly phase: string;
  readonly code: string;
}

function markersOf(content: string): readonly Marker[] {
  const markers: Marker[] = [];
  let code = { line: 0, text: '' };
  content.split('\n').forEach((text, index) => {
    if (/^\s*\/\/\s*\^\s*finds /.test(text)) return;
    const marker = /^\s*\/\/\s*\^+\s*(init|invoke|both|lazy|none)\b/.exec(text);
    if (!marker?.[1]) code = { line: index + 1, text };
    else
      markers.push({
        line: code.line,
        column: text.indexOf('^') + 1,
        phase: marker[1],
        code: code.text.trim(),
      });
  });
  return markers;
}

function holds(region: Region, line: number, column: number): boolean {
  const afterStart = line > region.startLine || (line === region.startLine && column >= region.startColumn);
  const beforeEnd = line < region.endLine || (line === region.endLine && column < region.endColumn);
  return afterStart && beforeEnd;
}
