import * as vscode from 'vscode';
import type { InvokeResult } from '../../client/connection.ts';
import type { InvokeTarget } from './pick.ts';
import { readReport } from './report.ts';
import { stackPlaces } from './stackPlaces.ts';

/** Why the code of a function could not be built, as problems at their lines, until it is invoked again. */
export class BuildProblems implements vscode.Disposable {
  readonly #problems = vscode.languages.createDiagnosticCollection('lambda-lens-build');
  readonly #files = new Map<string, readonly vscode.Uri[]>();

  show({ folder, definition }: InvokeTarget, result: InvokeResult): void {
    const key = `${folder.uri}#${definition.name}`;
    for (const uri of this.#files.get(key) ?? []) this.#problems.delete(uri);
    this.#files.delete(key);
    // What never ran used no memory.
    if (result.functionError === undefined || readReport(result.logTail)?.maxMemoryUsedMb !== 0) return;
    const { errorMessage = '', trace = [] } = JSON.parse(result.payload) as {
      errorMessage?: string;
      trace?: readonly string[];
    };
    const messages = errorMessage.split('\n');
    const places = trace.flatMap(line => (line.startsWith('    at ') ? stackPlaces(line) : []));
    const byFile = Map.groupBy(
      places.map((place, index) => ({ ...place, message: messages[index] ?? errorMessage })),
      ({ file }) => file,
    );
    for (const [file, own] of byFile) {
      const diagnostics = own.map(({ line, column = 1, message }) => {
        const start = new vscode.Position(line - 1, column - 1);
        const diagnostic = new vscode.Diagnostic(new vscode.Range(start, start), message);
        diagnostic.source = 'Lambda Lens';
        return diagnostic;
      });
      this.#problems.set(vscode.Uri.file(file), diagnostics);
    }
    this.#files.set(
      key,
      [...byFile.keys()].map(file => vscode.Uri.file(file)),
    );
  }

  dispose(): void {
    this.#problems.dispose();
  }
}
