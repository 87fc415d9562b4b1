import type { SourceRange } from '../../model/source.ts';
import type { OpenText } from '../../model/templateRequests.ts';
import type { FileSystem } from '../modules/fileSystem.ts';
import { resolveRelative } from '../modules/resolve.ts';
import type { HandlerLocation, KnownHandler } from '../protocol.ts';
import { parse } from '../syntax.ts';
import { type ModuleExports, readExports } from './exports.ts';
import { findPythonName, pythonFunctions } from './pythonExports.ts';

/** What a file exports, without the syntax tree that it was read from. */
interface FileExports extends ModuleExports {
  readonly lineStarts: readonly number[];
}

/** A text is of no use above this size: handlers are written by people. */
const maximumLength = 2_000_000;

/** What the source files of handlers export. A file is read again when its stamp on the disk has changed. */
export class HandlerFiles {
  readonly #fileSystem: FileSystem;
  readonly #known = new Map<string, { readonly stamp: string; readonly exports: FileExports }>();

  constructor(fileSystem: FileSystem) {
    this.#fileSystem = fileSystem;
  }

  /** Where the exported value is declared, in whichever file; `open` goes before the disk. */
  locate({ file, exportPath }: KnownHandler, open: readonly OpenText[]): HandlerLocation {
    const [name = ''] = exportPath.split('.');
    if (file.endsWith('.py')) return this.#locatePython(file, exportPath, open);
    if (!isModule(file)) return { kind: 'unknown' };
    return this.#locate(file, name, open, new Set());
  }

  /** The names that a handler string can name in a file, in their order. */
  callable(file: string, open: readonly OpenText[]): readonly string[] {
    if (file.endsWith('.py')) return pythonFunctions(this.text(file, open) ?? '');
    const names = isModule(file) ? [...(this.#exports(file, open)?.names ?? [])] : [];
    return names.filter(([name, { isCallable }]) => isCallable && name !== 'default').map(([name]) => name);
  }

  /** Undefined where there is no such file, or where it is too large to be anybody's work. */
  text(file: string, open: readonly OpenText[]): string | undefined {
    const edited = open.find(each => each.file === file);
    const text = edited ? edited.text : this.#fileSystem.read(file);
    return text !== undefined && text.length <= maximumLength ? text : undefined;
  }

  #locate(file: string, name: string, open: readonly OpenText[], seen: Set<string>): HandlerLocation {
    const exports = this.#exports(file, open);
    const key = `${file}\0${name}`;
    if (!exports || seen.has(key)) return { kind: 'unknown' };
    seen.add(key);
    const found = exports.names.get(name);
    if (found) {
      const original = found.from && this.#follow(file, found.from, open, seen);
      return original ?? { kind: 'found', at: rangeOf(file, exports.lineStarts, found.start, found.end) };
    }
    let isOpen = exports.isOpen;
    for (const specifier of exports.stars) {
      const next = resolveRelative(this.#fileSystem, file, specifier);
      const inner: HandlerLocation = next ? this.#locate(next, name, open, seen) : { kind: 'unknown' };
      if (inner.kind === 'found') return inner;
      if (inner.kind === 'unknown') isOpen = true;
    }
    return isOpen ? { kind: 'unknown' } : { kind: 'missing', exports: [...exports.names.keys()] };
  }

  /** Undefined where the value comes from outside of the project: then the export is what can be shown. */
  #follow(
    file: string,
    from: { readonly specifier: string; readonly name: string },
    open: readonly OpenText[],
    seen: Set<string>,
  ): HandlerLocation | undefined {
    const next = resolveRelative(this.#fileSystem, file, from.specifier);
    const inner = next === undefined ? undefined : this.#locate(next, from.name, open, seen);
    return inner?.kind === 'found' ? inner : undefined;
  }

  #locatePython(file: string, exportPath: string, open: readonly OpenText[]): HandlerLocation {
    const text = this.text(file, open);
    // Python takes the part behind the last dot for the function.
    const name = exportPath.slice(exportPath.lastIndexOf('.') + 1);
    const found = text === undefined ? 'unknown' : findPythonName(text, name);
    if (text === undefined || found === 'unknown') return { kind: 'unknown' };
    if (found === 'missing') return { kind: 'missing', exports: pythonFunctions(text) };
    return { kind: 'found', at: rangeOf(file, lineStartsOf(text), found.start, found.end) };
  }

  #exports(path: string, open: readonly OpenText[]): FileExports | undefined {
    const edited = open.find(({ file }) => file === path);
    if (edited) return exportsOf(path, edited.text);
    const stamp = this.#fileSystem.stamp(path);
    const known = this.#known.get(path);
    if (stamp !== undefined && known?.stamp === stamp) return known.exports;
    const text = stamp === undefined ? undefined : this.text(path, []);
    if (stamp === undefined || text === undefined) return undefined;
    const exports = exportsOf(path, text);
    this.#known.set(path, { stamp, exports });
    return exports;
  }
}

function isModule(file: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(file);
}

function exportsOf(path: string, text: string): FileExports {
  const source = parse(path, text);
  return { ...readExports(source), lineStarts: source.getLineStarts() };
}

function lineStartsOf(text: string): readonly number[] {
  return [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
}

function rangeOf(file: string, lineStarts: readonly number[], start: number, end: number): SourceRange {
  const from = positionOf(lineStarts, start);
  const to = positionOf(lineStarts, end);
  return { file, startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column };
}

function positionOf(lineStarts: readonly number[], offset: number): { line: number; column: number } {
  const next = lineStarts.findIndex(start => start > offset);
  const line = next < 0 ? lineStarts.length : next;
  return { line, column: offset - (lineStarts[line - 1] ?? 0) + 1 };
}
