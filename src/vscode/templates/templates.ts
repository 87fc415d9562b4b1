import * as vscode from 'vscode';
import type { FunctionDefinition, ProjectModel } from '../../model/functionDefinition.ts';
import type { SourceRange } from '../../model/source.ts';
import type { Services, TemplatePlaces } from '../services.ts';
import { toRange } from '../support/ranges.ts';
import { EditHistory, type Place } from '../support/shift.ts';
import { mentionsFunctions, templateSelector } from './candidates.ts';

/** A function in the template that defines it, by places of the document as it is now. */
export interface TemplateFunction {
  readonly folder: vscode.WorkspaceFolder;
  readonly model: ProjectModel;
  readonly definition: FunctionDefinition;
  /** Its logical id; undefined where that was edited since the template last parsed. */
  readonly name?: vscode.Range;
  /** The value of its handler, quotes included; undefined where it is in another file, or was edited. */
  readonly handler?: vscode.Range;
  /** Whether all places of the definition are those of the document as it is now. */
  readonly isCurrent: boolean;
}

/**
 * What the model says of the documents that are open. While a template does not parse, the places of the last
 * version that did are moved along with the edits; what was edited itself has no place then.
 */
export class Templates implements vscode.Disposable {
  readonly #projects: Services['projects'];
  readonly #histories = new Map<string, EditHistory>();
  readonly #subscriptions: vscode.Disposable;

  constructor({ projects }: Pick<Services, 'projects'>) {
    this.#projects = projects;
    this.#subscriptions = vscode.Disposable.from(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length === 0) return;
        this.#histories.get(document.uri.toString())?.record(document.version, contentChanges);
      }),
      vscode.workspace.onDidCloseTextDocument(document => {
        this.#histories.delete(document.uri.toString());
      }),
    );
  }

  /** Empty for what is no template; undefined when the document changes before there is an answer. */
  async functionsIn(document: vscode.TextDocument): Promise<readonly TemplateFunction[] | undefined> {
    if (!isTemplate(document)) return [];
    this.#follow(document);
    const places = await this.#projects.readPlaces(document);
    return places && this.#functionsIn(document, places);
  }

  async handlerAt(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<TemplateFunction | undefined> {
    const functions = await this.functionsIn(document);
    return functions?.find(({ handler }) => handler?.contains(position));
  }

  #functionsIn(document: vscode.TextDocument, places: TemplatePlaces): readonly TemplateFunction[] {
    const { folder, model, version } = places;
    const file = document.uri.fsPath;
    const history = this.#follow(document);
    const isCurrent = version === document.version;
    const current = (range: SourceRange | undefined): vscode.Range | undefined => {
      if (range?.file !== file) return undefined;
      const place = toRange(range);
      const shifted = isCurrent ? place : history.shift(place, version);
      return shifted && document.validateRange(rangeOf(shifted));
    };
    return model.functions.flatMap((definition): TemplateFunction[] => {
      const name = current(definition.definedAt);
      const handler = current(definition.ranges?.handler);
      if (!name && !handler) return [];
      return [{ folder, model, definition, isCurrent, ...(name && { name }), ...(handler && { handler }) }];
    });
  }

  #follow(document: vscode.TextDocument): EditHistory {
    const key = document.uri.toString();
    const known = this.#histories.get(key);
    if (known) return known;
    const history = new EditHistory(document.version);
    this.#histories.set(key, history);
    return history;
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#histories.clear();
  }
}

function isTemplate(document: vscode.TextDocument): boolean {
  return vscode.languages.match(templateSelector, document) > 0 && mentionsFunctions(document.getText());
}

function rangeOf({ start, end }: Place): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
