import * as vscode from 'vscode';
import type { ProjectProblem } from '../../model/functionDefinition.ts';
import type { Services } from '../services.ts';

/** What could not be read of a template, in the Problems view and at its place in the template. */
export function registerDiagnostics({ projects }: Pick<Services, 'projects'>): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('lambda-lens-project');
  const update = () => {
    const byFile = new Map<string, vscode.Diagnostic[]>();
    for (const folder of vscode.workspace.workspaceFolders ?? []) {
      for (const problem of projects.current(folder)?.problems ?? []) {
        if (!problem.range) continue;
        const diagnostics = byFile.get(problem.range.file) ?? [];
        diagnostics.push(toDiagnostic(problem, problem.range));
        byFile.set(problem.range.file, diagnostics);
      }
    }
    collection.clear();
    for (const [file, diagnostics] of byFile) collection.set(vscode.Uri.file(file), diagnostics);
  };
  update();
  return vscode.Disposable.from(collection, projects.onDidChange(update));
}

const severities = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
} as const;

function toDiagnostic(
  problem: ProjectProblem,
  range: NonNullable<ProjectProblem['range']>,
): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(
    new vscode.Range(range.startLine - 1, range.startColumn - 1, range.endLine - 1, range.endColumn - 1),
    problem.message,
    severities[problem.severity],
  );
  diagnostic.source = 'Lambda Lens';
  return diagnostic;
}
