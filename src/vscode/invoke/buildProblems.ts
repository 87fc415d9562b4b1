import * as vscode from 'vscode';
import type { InvokeResult } from '../../client/connection.ts';
import type { SavedFunction } from '../../model/savedFunction.ts';
import type { InvokeTarget } from './pick.ts';
import { readReport } from './report.ts';
import { type StackPlace, stackPlaces } from './stackPlaces.ts';

/** Why the code of a function could not be built, as problems at their lines, until it is built again. */
export class BuildProblems implements vscode.Disposable {
  readonly #problems = vscode.languages.createDiagnosticCollection('lambda-lens-build');
  readonly #files = new Map<string, readonly vscode.Uri[]>();

  show({ folder, definition }: InvokeTarget, result: InvokeResult): void {
    const kept = keptBuildError(result.logTail);
    if (kept) {
      this.#put(keyOf(folder, definition.name), problemsOf(kept.errorMessage, kept.stack));
      return;
    }
    // What never ran used no memory.
    if (result.functionError === undefined || readReport(result.logTail)?.maxMemoryUsedMb !== 0) {
      this.#put(keyOf(folder, definition.name), []);
      return;
    }
    const { errorMessage = '', trace = [] } = JSON.parse(result.payload) as {
      errorMessage?: string;
      trace?: readonly string[];
    };
    this.#put(keyOf(folder, definition.name), problemsOf(errorMessage, trace));
  }

  showSaved(folder: vscode.WorkspaceFolder, { functionName, failure }: SavedFunction): void {
    this.#put(
      keyOf(folder, functionName),
      failure === undefined ? [] : problemsOf(failure.message, failure.trace),
    );
  }

  #put(key: string, problems: readonly Problem[]): void {
    for (const uri of this.#files.get(key) ?? []) this.#problems.delete(uri);
    this.#files.delete(key);
    const byFile = Map.groupBy(problems, ({ file }) => file);
    for (const [file, own] of byFile) {
      const diagnostics = own.map(({ line, column = 1, message }) => {
        const start = new vscode.Position(line - 1, column - 1);
        const diagnostic = new vscode.Diagnostic(new vscode.Range(start, start), message);
        diagnostic.source = 'Lambda Lens';
        return diagnostic;
      });
      this.#problems.set(vscode.Uri.file(file), diagnostics);
    }
    if (byFile.size > 0) {
      this.#files.set(
        key,
        [...byFile.keys()].map(file => vscode.Uri.file(file)),
      );
    }
  }

  dispose(): void {
    this.#problems.dispose();
  }
}

interface Problem extends StackPlace {
  readonly message: string;
}

/** What the log says where the last code that could be built has run. */
function keptBuildError(
  log: string,
): { readonly errorMessage: string; readonly stack: readonly string[] } | undefined {
  const [, json] = /\tWARN\tBuild Error: the last code that could be built runs \t(\{.*\})$/m.exec(log) ?? [];
  return json === undefined ? undefined : JSON.parse(json);
}

function keyOf(folder: vscode.WorkspaceFolder, functionName: string): string {
  return `${folder.uri}#${functionName}`;
}

/** @param trace a line for each place, which the lines of the message are about in turn. */
function problemsOf(message: string, trace: readonly string[]): readonly Problem[] {
  const messages = message.split('\n');
  return trace
    .flatMap(line => (line.startsWith('    at ') ? stackPlaces(line) : []))
    .map((place, index) => ({ ...place, message: messages[index] ?? message }));
}
