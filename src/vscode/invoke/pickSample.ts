import * as vscode from 'vscode';
import type { SampleForFunction } from '../../events/samples/ofProject.ts';
import type { Sample, SamplePlace } from '../../events/samples/sample.ts';
import { setting } from '../support/settings.ts';
import type { SampleLibrary } from './lazySamples.ts';
import type { InvokeTarget } from './pick.ts';
import { formatEvent, saveEvent } from './savedEvents.ts';

/** Asks for one of all samples. Undefined when the user turns away. */
export async function pickSample(
  target: InvokeTarget,
  library: SampleLibrary,
): Promise<SampleForFunction | undefined> {
  const items = library.groups().flatMap(({ title, samples }) => {
    const separator = { label: title, kind: vscode.QuickPickItemKind.Separator, sample: undefined };
    return [separator, ...samples.map(sample => ({ ...sampleItem(sample), sample }))];
  });
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Invoke {0}', target.definition.name),
    placeHolder: vscode.l10n.t('With which sample event?'),
    matchOnDescription: true,
  });
  return picked?.sample && { sample: picked.sample, parameters: picked.sample.parameters };
}

export function sampleItem({ id, title }: Sample): vscode.QuickPickItem {
  return { label: `$(symbol-event) ${title}`, description: id };
}

interface ParameterItem extends vscode.QuickPickItem {
  readonly does: 'invoke' | 'save' | { readonly change: string };
}

/**
 * Lets the user change what the sample is about, one thing after the other, until it is to be sent or saved.
 * Undefined when it is not to be sent.
 */
export async function fillIn(
  target: InvokeTarget,
  { sample, parameters }: SampleForFunction,
): Promise<string | undefined> {
  const chosen = { ...parameters };
  for (;;) {
    const picked = await vscode.window.showQuickPick(parameterItems(chosen), {
      title: vscode.l10n.t('Invoke {0}: {1}', target.definition.name, sample.title),
      placeHolder: vscode.l10n.t('Invoke, or change what the event is about'),
      matchOnDescription: true,
    });
    if (!picked) return undefined;
    const text = formatEvent(sample.build(chosen, placeOf(target)));
    if (picked.does === 'invoke') return text;
    if (picked.does === 'save') {
      await saveEvent(target, text, sample.id.replace(':', '-'));
      return undefined;
    }
    const name = picked.does.change;
    const value = await vscode.window.showInputBox({
      title: sample.title,
      prompt: name,
      value: chosen[name] ?? '',
    });
    if (value !== undefined) chosen[name] = value;
  }
}

/** Where the local service of the folder says that it is. */
export function placeOf({ folder }: Pick<InvokeTarget, 'folder'>): Partial<SamplePlace> {
  return { region: setting('engine.region', folder), accountId: '000000000000' };
}

function parameterItems(parameters: Readonly<Record<string, string>>): readonly ParameterItem[] {
  return [
    { label: vscode.l10n.t('$(play) Invoke'), does: 'invoke' },
    { label: vscode.l10n.t('$(save) Save as Event and Edit...'), does: 'save' },
    ...Object.entries(parameters).map(([name, value]) => ({
      label: `$(edit) ${name}`,
      description: value,
      does: { change: name },
    })),
  ];
}
