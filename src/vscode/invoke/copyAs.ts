import * as vscode from 'vscode';
import { UserError } from '../../shared/errors.ts';
import type { InvocationNode } from '../invocations/history.ts';
import { replayOf } from '../invocations/replay.ts';
import type { Services } from '../services.ts';
import { awsCliText, type CopiedInvocation, curlText, unitTestText } from './copyTexts.ts';
import type { Shown } from './invocation.ts';

type CopyServices = Pick<Services, 'engines' | 'projects'>;

interface CopyItem extends vscode.QuickPickItem {
  readonly text: string;
}

/** Copies an invocation, the last one if none is given, as something that makes it elsewhere. */
export async function copyInvocationAs(
  given: InvocationNode | undefined,
  last: Shown | undefined,
  services: CopyServices,
): Promise<void> {
  const shown = given ? await ofHistory(given, services) : last;
  if (!shown)
    throw new UserError(vscode.l10n.t('Nothing was invoked in this window yet. Invoke a function first.'));
  const { target, qualifier } = shown.invocation;
  const { attachment } = await services.engines.connect(target.folder);
  const copied: CopiedInvocation = {
    definition: target.definition,
    event: shown.event,
    endpoint: attachment.endpoint,
    region: attachment.region,
    ...(qualifier === undefined ? {} : { qualifier }),
  };
  const test = shown.result && unitTestText(copied, shown.result);
  const items: CopyItem[] = [
    {
      label: vscode.l10n.t('$(terminal) AWS CLI'),
      description: 'aws lambda invoke',
      text: awsCliText(copied),
    },
    { label: vscode.l10n.t('$(globe) curl'), description: 'curl --aws-sigv4', text: curlText(copied) },
    ...(test === undefined
      ? []
      : [{ label: vscode.l10n.t('$(beaker) Unit test'), description: 'node:test', text: test }]),
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Copy Invocation of {0}', target.definition.name),
    placeHolder: vscode.l10n.t('As what?'),
  });
  if (!picked) return;
  await vscode.env.clipboard.writeText(picked.text);
  if (picked.text === test) return;
  void vscode.window.showInformationMessage(
    vscode.l10n.t('Copied. The keys are not part of it: "Copy CLI Environment" copies them.'),
  );
}

async function ofHistory(node: InvocationNode, services: CopyServices): Promise<Shown> {
  const invocation = await replayOf(node, services);
  return { invocation, event: await invocation.event.read() };
}
