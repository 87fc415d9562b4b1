// dist/resources.js: the queues, topics, buckets and event buses of the templates, and what is in them. The extension
// requires it when the Resources view is first shown.
import * as vscode from 'vscode';
import type { ProjectResources } from '../../model/projectResources.ts';
import type { ShownMessage, ShownQueue } from '../../model/shownResource.ts';
import { UserError } from '../../shared/errors.ts';
import type { Services } from '../services.ts';
import { messageItem, resourceItem } from './items.ts';
import type { MessageNode, ResourceNode, ResourcesNode } from './nodes.ts';
import { upload } from './upload.ts';

export type Resources = ReturnType<typeof createResources>;

export function createResources(services: Pick<Services, 'engines' | 'projects' | 'log'>) {
  const { engines, projects } = services;
  const changed = new vscode.EventEmitter<void>();
  const counts = new Map<string, ReadonlyMap<string, ShownQueue>>();
  const owned = vscode.Disposable.from(
    changed,
    projects.onDidChange(() => changed.fire()),
    engines.onDidChange(() => changed.fire()),
  );

  /** What is in the queues of a folder; asked only where its engine runs. */
  const count = async (folder: vscode.WorkspaceFolder) => {
    const connection = engines.current(folder);
    const { queues } = connection
      ? await connection.lens<{ queues: readonly ShownQueue[] }>('GET', '/_lens/queues')
      : { queues: [] };
    counts.set(folder.uri.toString(), new Map(queues.map(queue => [queue.name, queue])));
  };
  const resourcesOf = async (folder: vscode.WorkspaceFolder): Promise<readonly ResourceNode[]> => {
    const { resources } = await projects.load(folder);
    await count(folder);
    return resources ? nodesOf(folder, resources) : [];
  };
  const messagesOf = async (queue: ResourceNode): Promise<readonly MessageNode[]> => {
    const connection = await engines.connect(queue.folder);
    const { messages } = await connection.lens<{ messages: readonly ShownMessage[] }>(
      'GET',
      '/_lens/messages',
      { queue: queue.name },
    );
    return messages.map(message => ({ kind: 'message', queue, message }));
  };
  const uploadTo = async (bucket: ResourceNode, files: readonly vscode.Uri[]) => {
    await upload(bucket, files, await engines.connect(bucket.folder));
    changed.fire();
  };

  return {
    onDidChange: changed.event,
    refresh: () => changed.fire(),
    async children(node?: ResourcesNode): Promise<ResourcesNode[]> {
      if (node) return node.kind === 'queue' ? [...(await messagesOf(node))] : [];
      const folders = vscode.workspace.workspaceFolders ?? [];
      return (await Promise.all(folders.map(resourcesOf))).flat();
    },
    item: (node: ResourcesNode): vscode.TreeItem =>
      node.kind === 'message'
        ? messageItem(node)
        : resourceItem(node, counts.get(node.folder.uri.toString())?.get(node.name)),
    async openMessage({ message }: MessageNode): Promise<void> {
      const document = await vscode.workspace.openTextDocument({
        language: 'json',
        content: formatted(message.body),
      });
      await vscode.window.showTextDocument(document);
    },
    async purgeQueue(node: ResourceNode): Promise<void> {
      const purge = vscode.l10n.t('Purge');
      const chosen = await vscode.window.showWarningMessage(
        vscode.l10n.t('Delete every message of {0}?', node.name),
        { modal: true },
        purge,
      );
      if (chosen !== purge) return;
      const connection = await engines.connect(node.folder);
      await connection.lens('POST', '/_lens/purge', { queue: node.name });
      changed.fire();
    },
    /** For whoever has no mouse: asks for the bucket where none is given, and for the files. */
    async uploadFile(node: ResourceNode | undefined, given?: readonly vscode.Uri[]): Promise<void> {
      const bucket = node ?? (await pickBucket(await this.children()));
      const files = bucket && (given ?? (await pickFiles()));
      if (files) await uploadTo(bucket, files);
    },
    /** Files that were dropped on a bucket. */
    async drop(node: ResourcesNode | undefined, data: vscode.DataTransfer): Promise<void> {
      if (node?.kind !== 'bucket')
        throw new UserError(vscode.l10n.t('Drop files on a bucket: they are uploaded to it.'));
      const list = (await data.get('text/uri-list')?.asString()) ?? '';
      const files = list
        .split(/\r?\n/)
        .filter(line => line !== '' && !line.startsWith('#'))
        .map(line => vscode.Uri.parse(line));
      await uploadTo(node, files);
    },
    dispose: () => owned.dispose(),
  };
}

function nodesOf(folder: vscode.WorkspaceFolder, resources: ProjectResources): readonly ResourceNode[] {
  const { queues, topics, buckets, eventBuses } = resources;
  const kinds = [
    ['queue', queues],
    ['topic', topics],
    ['bucket', buckets],
    ['bus', eventBuses],
  ] as const;
  return kinds.flatMap(([kind, definitions]) =>
    definitions
      .map(({ name, arn, definedAt }) => ({ kind, folder, name, arn, definedAt }))
      .sort((a, b) => a.name.localeCompare(b.name)),
  );
}

async function pickBucket(nodes: readonly ResourcesNode[]): Promise<ResourceNode | undefined> {
  const buckets = nodes.flatMap(node => (node.kind === 'bucket' ? [node] : []));
  if (buckets.length === 0)
    throw new UserError(
      vscode.l10n.t('The templates define no bucket. Add an AWS::S3::Bucket to upload files to it.'),
    );
  const picked = await vscode.window.showQuickPick(
    buckets.map(bucket => ({ label: bucket.name, bucket })),
    { title: vscode.l10n.t('Upload File'), placeHolder: vscode.l10n.t('To which bucket?') },
  );
  return picked?.bucket;
}

function pickFiles(): Thenable<vscode.Uri[] | undefined> {
  return vscode.window.showOpenDialog({
    canSelectMany: true,
    openLabel: vscode.l10n.t('Upload'),
    title: vscode.l10n.t('Upload File'),
  });
}

function formatted(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), undefined, 2);
  } catch {
    return body;
  }
}
