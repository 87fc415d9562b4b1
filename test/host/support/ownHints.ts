// For tests inside the extension host that have to see every answer of the hints' provider with the text that
// it is about: VS Code hands out only what it has asked for itself, when it has got round to it.
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { type AnalyzerClient, createAnalyzerClient } from '../../../src/analyzer/client.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import { DisposableStore } from '../../../src/shared/disposable.ts';
import { Analyses } from '../../../src/vscode/hints/analyses.ts';
import { PhaseInlayHints } from '../../../src/vscode/hints/inlayHints.ts';
import type { Services } from '../../../src/vscode/services.ts';
import { activeExtension } from './inHost.ts';

/** One answer, with the text that the document had when it was given. */
export interface HintAnswer {
  readonly version: number;
  readonly text: string;
  readonly hints: readonly vscode.InlayHint[];
}

export interface OwnHints extends vscode.Disposable {
  /** In the order in which they were given. */
  readonly answers: readonly HintAnswer[];
  /** Asks for all hints of the document; undefined where it changed before there was an answer. */
  ask(document: vscode.TextDocument): Promise<HintAnswer | undefined>;
}

export interface OwnHintsOptions {
  /** Where VS Code itself asks it too. */
  readonly selector: vscode.DocumentSelector;
  /** How much longer every answer of the analyzer takes than it does. */
  readonly answerDelayMs?: number;
  /** See AnalyzerClientOptions. */
  readonly compileCache?: string | undefined;
}

/** The extension's provider once more, with an analyzer thread of its own, in a workspace without templates. */
export async function createOwnHints(options: OwnHintsOptions): Promise<OwnHints> {
  const { selector, answerDelayMs = 0, compileCache } = options;
  const { extensionPath } = await activeExtension();
  const store = new DisposableStore();
  const log = { debug() {}, info() {}, warn: console.error, error: console.error };
  const analyzer = store.add(
    createAnalyzerClient({
      workerPath: join(extensionPath, 'dist', 'analyzer.js'),
      log,
      clock: systemClock,
      ...(compileCache !== undefined && { compileCache }),
    }),
  );
  const analyze: AnalyzerClient['analyze'] = async (...request) => {
    const outcome = await analyzer.analyze(...request);
    if (answerDelayMs > 0) await delay(answerDelayMs);
    return outcome;
  };
  const slower: AnalyzerClient = Object.create(analyzer, {
    analyze: { value: analyze },
    closeFile: { value: analyzer.closeFile.bind(analyzer) },
    explain: { value: analyzer.explain.bind(analyzer) },
  });
  const analyses = store.add(new Analyses({ analyzer: slower, log, projects: noProjects }));
  const provider = store.add(new PhaseInlayHints(analyses));
  const answers: HintAnswer[] = [];
  const provide = async (document: vscode.TextDocument, range: vscode.Range) => {
    const hints = await provider.provideInlayHints(document, range);
    if (!hints) return undefined;
    const answer = { version: document.version, text: document.getText(), hints };
    answers.push(answer);
    return answer;
  };
  store.add(
    vscode.languages.registerInlayHintsProvider(selector, {
      provideInlayHints: async (document, range) => [...((await provide(document, range))?.hints ?? [])],
    }),
  );
  return {
    answers,
    ask: document => provide(document, new vscode.Range(0, 0, document.lineCount, 0)),
    dispose: () => store.dispose(),
  };
}

const never: vscode.Event<never> = () => ({ dispose() {} });

const noProjects: Services['projects'] = {
  onDidChange: never,
  onDidChangeSources: never,
  current: () => ({ root: '', functions: [], problems: [], files: [] }),
  load: () => Promise.reject(new Error('There is no project here')),
  currentPlaces: () => undefined,
  readPlaces: () => Promise.resolve(undefined),
  refresh: () => Promise.resolve(),
};
