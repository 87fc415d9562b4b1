import * as vscode from 'vscode';
import { misfitOf } from '../../events/fit.ts';
import type { Json } from '../../model/resource.ts';
import { triggerName, triggersOf } from '../functions/triggers.ts';
import type { Services } from '../services.ts';
import type { InvokeTarget } from './pick.ts';

/** Warns, once in a window for each function and kind, of events that nothing sends to the function. */
export class Misfits {
  readonly #projects: Services['projects'];
  readonly #told = new Set<string>();

  constructor(projects: Services['projects']) {
    this.#projects = projects;
  }

  /** @param text JSON */
  tell({ folder, definition }: InvokeTarget, text: string): void {
    const triggers = triggersOf(definition, this.#projects.current(folder)?.triggers);
    const kinds = triggers.map(({ kind }) => kind);
    const kind = misfitOf(JSON.parse(text) as Json, kinds);
    const key = `${folder.uri}#${definition.name} ${kind?.kind}`;
    if (!kind || this.#told.has(key)) return;
    this.#told.add(key);
    void vscode.window.showWarningMessage(
      vscode.l10n.t(
        '{0} was invoked with an event of {1}, which nothing in the template sends to it: it is invoked by {2}.',
        definition.name,
        kind.title,
        [...new Set(kinds.map(triggerName))].join(', '),
      ),
    );
  }
}
