import * as vscode from 'vscode';
import { hintSelector } from '../../hints/candidates.ts';
import type { Services } from '../../services.ts';
import { registerCommand } from '../../support/commands.ts';
import { DocumentFindings, type HintsFirst } from './documentFindings.ts';
import { FindingActions } from './findingActions.ts';
import { FollowedList } from './followedList.ts';
import { listFindings } from './listFindings.ts';
import { ShownFindings } from './shownFindings.ts';
import { SuppressionCompletion } from './suppressionCompletion.ts';
import { TemplateFindings } from './templateFindings.ts';

/** What the rules say of code and of templates: problems, fixes for them, and comments that keep them quiet. */
export function registerFindings(
  services: Pick<Services, 'analyzer' | 'projects' | 'log'> & { readonly hints: HintsFirst },
): vscode.Disposable {
  const findings = new DocumentFindings(services);
  const shown = new ShownFindings(findings, services.log);
  const list = new FollowedList(findings, shown, services);
  const { languages } = vscode;
  return vscode.Disposable.from(
    findings,
    shown,
    list,
    new TemplateFindings(services),
    languages.registerCodeActionsProvider(hintSelector, new FindingActions(findings), {
      providedCodeActionKinds: FindingActions.providedCodeActionKinds,
    }),
    languages.registerCompletionItemProvider(
      hintSelector,
      new SuppressionCompletion(services),
      ...SuppressionCompletion.triggerCharacters,
    ),
    registerCommand(services.log, 'lambdaLens.findings.list', async () => {
      const count = await listFindings(services, found => shown.list(found));
      if (count !== undefined) list.follow();
      return count;
    }),
  );
}
