import * as vscode from 'vscode';
import type { SampleForFunction } from '../../events/samples/ofProject.ts';
import type { Services } from '../services.ts';
import { pickOrPress } from '../support/quickPick.ts';
import type { SampleLibrary } from './lazySamples.ts';
import type { InvokeTarget } from './pick.ts';
import { fillIn, pickSample, sampleItem } from './pickSample.ts';
import { readEvent, savedEvents, saveEvent } from './savedEvents.ts';

/** An event that was chosen; a saved one is read again each time that it is sent. */
export interface ChosenEvent {
  read(): Promise<string>;
}

export function fixedEvent(text: string): ChosenEvent {
  return { read: () => Promise.resolve(text) };
}

/** What it takes to offer events. */
export type EventServices = Pick<Services, 'engines' | 'projects'> & {
  readonly samples: () => SampleLibrary;
};

interface EventItem extends vscode.QuickPickItem {
  /** Undefined when the user turns away after all. */
  readonly choose: () => Promise<ChosenEvent | undefined>;
  /** What the item's button does instead of invoking. */
  readonly edit?: () => Promise<unknown>;
}

/**
 * Asks for the event: the last one, a saved one, a sample, or an empty object. Undefined when nothing is to be
 * invoked.
 */
export async function pickEvent(
  target: InvokeTarget,
  services: EventServices,
): Promise<ChosenEvent | undefined> {
  const items: EventItem[] = [
    ...(await lastItems(target, services)),
    ...(await savedItems(target)),
    ...sampleItems(target, services),
    {
      label: vscode.l10n.t('$(symbol-namespace) Empty event'),
      description: '{}',
      choose: async () => fixedEvent('{}'),
    },
  ];
  const picked = await pickOrPress(items, {
    title: vscode.l10n.t('Invoke {0}', target.definition.name),
    placeholder: vscode.l10n.t('With which event?'),
  });
  if (!picked?.button) return picked?.item.choose();
  await picked.item.edit?.();
  return undefined;
}

async function lastItems(
  target: InvokeTarget,
  { engines }: Pick<Services, 'engines'>,
): Promise<readonly EventItem[]> {
  const last = await engines.current(target.folder)?.lastEvent(target.definition.name);
  if (last === undefined) return [];
  return [
    {
      label: vscode.l10n.t('$(history) Last event'),
      description: oneLine(last),
      buttons: [{ iconPath: new vscode.ThemeIcon('save'), tooltip: vscode.l10n.t('Save as Event...') }],
      choose: async () => fixedEvent(last),
      edit: () => saveEvent(target, last, 'event'),
    },
  ];
}

async function savedItems(target: InvokeTarget): Promise<readonly EventItem[]> {
  const files = await savedEvents(target);
  if (files.length === 0) return [];
  return [
    separator(vscode.l10n.t('Saved Events')),
    ...files.map(({ name, uri }) => ({
      label: `$(json) ${name}`,
      description: vscode.workspace.asRelativePath(uri),
      buttons: [{ iconPath: new vscode.ThemeIcon('edit'), tooltip: vscode.l10n.t('Edit') }],
      choose: async () => ({ read: () => readEvent(uri) }),
      edit: async () => vscode.window.showTextDocument(uri),
    })),
  ];
}

function sampleItems(target: InvokeTarget, { projects, samples }: EventServices): readonly EventItem[] {
  const library = samples();
  const model = projects.current(target.folder);
  const own = model ? library.forFunction(target.definition, model) : [];
  const choose = async (filled: SampleForFunction | undefined) => {
    const text = filled && (await fillIn(target, filled));
    return text === undefined ? undefined : fixedEvent(text);
  };
  return [
    separator(vscode.l10n.t('Sample Events')),
    ...own.map(candidate => ({ ...sampleItem(candidate.sample), choose: () => choose(candidate) })),
    {
      label: vscode.l10n.t('$(library) All sample events...'),
      choose: async () => choose(await pickSample(target, library)),
    },
  ];
}

function separator(label: string): EventItem {
  return { label, kind: vscode.QuickPickItemKind.Separator, choose: async () => undefined };
}

function oneLine(json: string): string {
  const text = json.replace(/\s+/g, ' ');
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
