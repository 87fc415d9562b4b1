import type { DocNode } from '../document/sourceDocument.ts';

/** An event in SAM's terms, so that one set of readers writes both out. */
export interface TranslatedEvent {
  readonly type: string;
  readonly properties: Readonly<Record<string, DocNode | undefined>>;
}
