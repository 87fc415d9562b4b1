import type * as vscode from 'vscode';

/** The files that hints are for. */
export const hintSelector: readonly vscode.DocumentFilter[] = [
  'typescript',
  'javascript',
  'typescriptreact',
  'javascriptreact',
].map(language => ({ language, scheme: 'file' }));

/** A cheap test of the text, before a worker is started for it. */
export function mentionsLambda(text: string): boolean {
  return /handler|lambda/i.test(text);
}
