import type * as vscode from 'vscode';
import type { ShownMessage } from '../../model/shownResource.ts';
import type { SourceRange } from '../../model/source.ts';

/** A row of the Resources view. */
export type ResourcesNode = ResourceNode | MessageNode;

/** A queue, topic, bucket or event bus of a template. */
export interface ResourceNode {
  readonly kind: 'queue' | 'topic' | 'bucket' | 'bus';
  readonly folder: vscode.WorkspaceFolder;
  readonly name: string;
  readonly arn: string;
  readonly definedAt: SourceRange;
}

export interface MessageNode {
  readonly kind: 'message';
  readonly queue: ResourceNode;
  readonly message: ShownMessage;
}
