import * as vscode from 'vscode';
import type { BatchSource } from '../../events/samples/batch.ts';
import type { Json } from '../../model/resource.ts';
import type { TriggerKind } from '../../model/trigger.ts';
import { UserError } from '../../shared/errors.ts';
import { triggersOf } from '../functions/triggers.ts';
import type { InvokeTarget } from './pick.ts';
import type { ChosenEvent, EventServices } from './pickEvent.ts';
import { placeOf } from './pickSample.ts';
import { formatEvent, readEvent, savedEvents } from './savedEvents.ts';

interface SourceItem extends vscode.QuickPickItem {
  readonly source: BatchSource;
}

/**
 * Asks for a source and for what it shall send together. The records are put together anew each time that the
 * event is sent. Undefined when the user turns away.
 */
export async function pickBatch(
  target: InvokeTarget,
  services: EventServices,
): Promise<ChosenEvent | undefined> {
  const title = vscode.l10n.t('Invoke {0} as Batch', target.definition.name);
  const picked = await vscode.window.showQuickPick(sourceItems(target, services), {
    title,
    placeHolder: vscode.l10n.t('As what would it be sent?'),
  });
  if (!picked) return undefined;
  const records = await pickRecords(target, services, title);
  if (!records) return undefined;
  const { batchEvent, forFunction } = services.samples();
  const model = services.projects.current(target.folder);
  const own = model && forFunction(target.definition, model).find(each => each.sample.kind === picked.source);
  const { queue, stream, table, keyName } = own?.parameters ?? {};
  const options = {
    source: picked.source,
    name: queue ?? stream ?? table ?? defaultNames[picked.source],
    place: placeOf(target),
    ...(keyName === undefined ? {} : { keyName }),
  };
  return {
    read: async () => {
      const texts = await Promise.all(records.map(record => record.read()));
      return formatEvent(
        batchEvent(
          texts.map(text => JSON.parse(text) as Json),
          options,
        ),
      );
    },
  };
}

const defaultNames: Readonly<Record<BatchSource, string>> = {
  sqs: 'my-queue',
  kinesis: 'my-stream',
  dynamodb: 'my-table',
};

/** What triggers the function comes first. */
function sourceItems(
  { folder, definition }: InvokeTarget,
  { projects }: EventServices,
): readonly SourceItem[] {
  const triggers = triggersOf(definition, projects.current(folder)?.triggers);
  const triggering = (kind: TriggerKind) => triggers.some(trigger => trigger.kind === kind);
  const items: readonly SourceItem[] = [
    { label: vscode.l10n.t('$(inbox) Messages of an SQS queue'), source: 'sqs' },
    { label: vscode.l10n.t('$(pulse) Records of a Kinesis stream'), source: 'kinesis' },
    { label: vscode.l10n.t('$(database) Changes of a DynamoDB table'), source: 'dynamodb' },
  ];
  return items.toSorted((a, b) => Number(triggering(b.source)) - Number(triggering(a.source)));
}

async function pickRecords(
  target: InvokeTarget,
  { engines }: EventServices,
  title: string,
): Promise<readonly ChosenEvent[] | undefined> {
  const { name } = target.definition;
  const saved = await savedEvents(target);
  const last = await engines.current(target.folder)?.lastEvent(name);
  const items = [
    ...saved.map(each => ({
      label: `$(json) ${each.name}`,
      description: vscode.workspace.asRelativePath(each.uri),
      event: { read: () => readEvent(each.uri) },
    })),
    ...(last === undefined
      ? []
      : [{ label: vscode.l10n.t('$(history) Last event'), event: { read: async () => last } }]),
  ];
  if (items.length === 0) {
    throw new UserError(
      vscode.l10n.t(
        '{0} has no saved events to make records of. Save what a record shall hold in .lambda-lens/events/{0}.',
        name,
      ),
    );
  }
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: vscode.l10n.t('Which events become records? A list becomes a record for each element.'),
    canPickMany: true,
  });
  return picked && picked.length > 0 ? picked.map(({ event }) => event) : undefined;
}
