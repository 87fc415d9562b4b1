import { SourceStore } from '../../../../src/analyzer/modules/sourceStore.ts';
import { analyzeOpenFile, explainOpenFile } from '../../../../src/analyzer/openFile.ts';
import type {
  AnalyzedFile,
  ExplainRequest,
  Explanation,
  HintMode,
  KnownHandler,
} from '../../../../src/analyzer/protocol.ts';
import { StatementIndex } from '../../../../src/analyzer/statements.ts';
import { type Files, filesOf } from '../checkPhases.ts';

/** An editor that has opened the first file of a text; the others are on a disk in memory. */
export class OpenedFile {
  readonly path: string;
  readonly text: string;
  readonly #handlers: readonly KnownHandler[];
  readonly #services: Parameters<typeof analyzeOpenFile>[1];

  /**
   * @param content files as `filesOf` takes them
   * @param exportPath an export that a template names
   * @param of the file of that export; default: the one that is open
   */
  constructor(content: string, exportPath?: string, of?: string) {
    const files = filesOf(content);
    const [path = '', text = ''] = Object.entries(files)[0] ?? [];
    this.path = path;
    this.text = text;
    this.#handlers = exportPath === undefined ? [] : [{ file: of ?? path, exportPath }];
    this.#services = { store: storeOf(files), index: new StatementIndex(), checkpoint() {} };
  }

  analyze(mode: HintMode = 'edges', version = 1): AnalyzedFile {
    const { path: file, text } = this;
    return analyzeOpenFile({ file, text, version, mode, handlers: this.#handlers }, this.#services);
  }

  /** Each hint as its line, and its label. */
  hints(mode: HintMode): readonly string[] {
    return this.analyze(mode).hints.map(({ line, label }) => `${line} ${label}`);
  }

  /** @param marked some text of the file, in which `|` stands before the place that is asked about */
  explain(marked: string, about: ExplainRequest['about'] = 'word'): Explanation | undefined {
    const offset = this.text.indexOf(marked.replace('|', '')) + marked.indexOf('|');
    const before = this.text.slice(0, offset).split('\n');
    const place = { line: before.length, column: (before.at(-1) ?? '').length + 1 };
    const { path: file, text } = this;
    return explainOpenFile({ file, text, ...place, about, handlers: this.#handlers }, this.#services);
  }
}

function storeOf(files: Files): SourceStore {
  return new SourceStore({
    stamp: path => (path in files ? 'once' : undefined),
    read: path => files[path],
    realPath: path => path,
  });
}
