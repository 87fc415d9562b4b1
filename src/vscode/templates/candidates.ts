import type * as vscode from 'vscode';

/** The documents that may be templates. */
export const templateSelector: readonly vscode.DocumentFilter[] = [
  { scheme: 'file', language: 'yaml' },
  { scheme: 'file', language: 'json' },
  { scheme: 'file', language: 'jsonc' },
  { scheme: 'file', language: 'cloudformation' },
  { scheme: 'file', pattern: '**/*.template' },
];

/** A cheap test of the text, before a worker is started for it. */
export function mentionsFunctions(text: string): boolean {
  return /AWS::(Serverless|Lambda)::|^functions\s*:/m.test(text);
}
