import * as vscode from 'vscode';
import type { FunctionDefinition, ProjectModel, ProjectProblem } from '../../model/functionDefinition.ts';
import type { SourceRange } from '../../model/source.ts';
import type { Services } from '../services.ts';
import { toRange } from '../support/ranges.ts';
import { missingFileProblem } from '../templates/missingFile.ts';
import { diagnosticSource, handlerCodes } from './codes.ts';
import type { HintsFirst } from './findings/documentFindings.ts';
import { registerFindings } from './findings/register.ts';

/** What is wrong with the functions of the workspace: in their templates, and in their code. */
export function registerDiagnostics(
  services: Pick<Services, 'analyzer' | 'projects' | 'handlers' | 'log'> & { readonly hints: HintsFirst },
): vscode.Disposable {
  return vscode.Disposable.from(registerTemplateProblems(services), registerFindings(services));
}

/**
 * What could not be read of a template and which handlers do not exist, in the Problems view and at its place
 * in the template. What is said of a document is said of the document as it is: what was read from an older
 * version stays, and moves with the text, until the newer one has been read.
 */
function registerTemplateProblems(services: Pick<Services, 'projects' | 'handlers'>): vscode.Disposable {
  const { projects, handlers } = services;
  const collection = vscode.languages.createDiagnosticCollection('lambda-lens-project');
  const update = () => {
    const byUri = new Map<string, vscode.Diagnostic[]>();
    for (const folder of vscode.workspace.workspaceFolders ?? []) {
      const model = projects.current(folder);
      for (const { file, diagnostic } of model ? diagnosticsOf(model, services) : []) {
        const uri = vscode.Uri.file(file).toString();
        byUri.set(uri, [...(byUri.get(uri) ?? []), diagnostic]);
      }
    }
    const behind = new Set(
      vscode.workspace.textDocuments
        .filter(document => document.isDirty && !projects.currentPlaces(document))
        .map(({ uri }) => uri.toString()),
    );
    collection.forEach(uri => {
      if (!behind.has(uri.toString()) && !byUri.has(uri.toString())) collection.delete(uri);
    });
    for (const [uri, diagnostics] of byUri) {
      if (!behind.has(uri)) collection.set(vscode.Uri.parse(uri, true), diagnostics);
    }
  };
  update();
  return vscode.Disposable.from(collection, projects.onDidChange(update), handlers.onDidChange(update));
}

interface PlacedDiagnostic {
  readonly file: string;
  readonly diagnostic: vscode.Diagnostic;
}

function* diagnosticsOf(
  model: ProjectModel,
  { handlers, projects }: Pick<Services, 'handlers' | 'projects'>,
): Generator<PlacedDiagnostic> {
  const missingFiles = new Set(model.functions.map(definition => missingFileProblem(definition, model)));
  for (const problem of model.problems) {
    if (!problem.range) continue;
    const diagnostic = toDiagnostic(problem.range, problem.message, problem.severity);
    if (missingFiles.has(problem)) diagnostic.code = handlerCodes.noFile;
    yield { file: problem.range.file, diagnostic };
  }
  const unreadable = unreadableFiles(projects);
  for (const definition of model.functions) {
    const range = placeOf(definition);
    const problem = unreadable.has(range.file) ? undefined : handlers.problemOf(definition, model);
    if (problem?.kind !== 'noExport') continue;
    const diagnostic = toDiagnostic(range, problem.message, 'error');
    diagnostic.code = handlerCodes.noExport;
    yield { file: range.file, diagnostic };
  }
}

/** Open documents that do not parse as they are: where their functions are now is not known. */
function unreadableFiles(projects: Services['projects']): ReadonlySet<string> {
  const unreadable = vscode.workspace.textDocuments.filter(document => {
    const places = projects.currentPlaces(document);
    return places && places.version !== document.version;
  });
  return new Set(unreadable.map(({ uri }) => uri.fsPath));
}

function placeOf({ ranges, definedAt }: FunctionDefinition): SourceRange {
  return ranges?.handler ?? definedAt;
}

const severities = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
} as const;

function toDiagnostic(
  range: SourceRange,
  message: string,
  severity: ProjectProblem['severity'],
): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(toRange(range), message, severities[severity]);
  diagnostic.source = diagnosticSource;
  return diagnostic;
}
