import type * as vscode from 'vscode';
import { isUserError } from '../../../shared/errors.ts';
import type { Services } from '../../services.ts';
import type { DocumentFindings } from './documentFindings.ts';
import { findInWorkspace } from './listFindings.ts';
import type { ShownFindings } from './shownFindings.ts';

/** How long changes have to pause before the workspace is looked through again. */
const pauseMs = 2000;

/** Once somebody has listed the findings of the workspace, keeps the list true while files change. */
export class FollowedList implements vscode.Disposable {
  readonly #services: Pick<Services, 'analyzer' | 'projects' | 'log'>;
  readonly #shown: ShownFindings;
  readonly #subscription: vscode.Disposable;
  #isFollowed = false;
  #timer: NodeJS.Timeout | undefined;
  #abort = new AbortController();

  constructor(
    findings: DocumentFindings,
    shown: ShownFindings,
    services: Pick<Services, 'analyzer' | 'projects' | 'log'>,
  ) {
    this.#services = services;
    this.#shown = shown;
    this.#subscription = findings.onDidChange(() => this.#later());
  }

  follow(): void {
    this.#isFollowed = true;
  }

  #later(): void {
    if (!this.#isFollowed) return;
    this.#abort.abort();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#again(), pauseMs);
  }

  async #again(): Promise<void> {
    this.#abort = new AbortController();
    try {
      const found = await findInWorkspace(this.#services, this.#abort.signal);
      if (found) this.#shown.list(found);
    } catch (error) {
      // There are no handlers any more.
      if (isUserError(error)) this.#shown.list(new Map());
      else this.#services.log.error('Could not look for findings in the workspace', error);
    }
  }

  dispose(): void {
    this.#abort.abort();
    clearTimeout(this.#timer);
    this.#subscription.dispose();
  }
}
