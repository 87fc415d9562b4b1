import * as vscode from 'vscode';
import { UserError } from '../../shared/errors.ts';
import { allTargets, pickTarget } from '../invoke/pick.ts';
import type { Services } from '../services.ts';

export const debugType = 'lambda-lens';

/** What launch.json says of an invocation; package.json describes it. */
export interface LaunchConfiguration extends vscode.DebugConfiguration {
  readonly function: string;
  /** The name of a saved event. */
  readonly event?: string;
  /** The event itself. */
  readonly payload?: unknown;
  /** Absent: the system chooses. */
  readonly port?: number;
}

/** Offers a configuration for every function, and asks for what one leaves open. */
export class Configurations implements vscode.DebugConfigurationProvider {
  readonly #services: Pick<Services, 'projects'>;

  constructor(services: Pick<Services, 'projects'>) {
    this.#services = services;
  }

  async provideDebugConfigurations(folder?: vscode.WorkspaceFolder): Promise<vscode.DebugConfiguration[]> {
    const targets = await allTargets(this.#services.projects).catch(() => []);
    return targets
      .filter(target => folder === undefined || target.folder.uri.toString() === folder.uri.toString())
      .map(({ definition }) => ({
        type: debugType,
        request: 'launch',
        name: vscode.l10n.t('Invoke {0}', definition.name),
        function: definition.name,
      }));
  }

  async resolveDebugConfiguration(
    _folder: vscode.WorkspaceFolder | undefined,
    given: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration | undefined> {
    const wrong = faultOf(given);
    if (wrong !== undefined) throw new UserError(wrong);
    if (given.function !== undefined && given.type === debugType) return given;
    const target = await pickTarget(await allTargets(this.#services.projects));
    if (!target) return undefined;
    const { name } = target.definition;
    return {
      ...given,
      name: given.name || vscode.l10n.t('Invoke {0}', name),
      type: debugType,
      request: 'launch',
      function: name,
    };
  }
}

function faultOf(given: vscode.DebugConfiguration): string | undefined {
  if (given.function !== undefined && typeof given.function !== 'string')
    return vscode.l10n.t('"function" in launch.json has to be the name of a function.');
  if (given.event !== undefined && typeof given.event !== 'string')
    return vscode.l10n.t(
      '"event" in launch.json has to be the name of a saved event; the event itself is "payload".',
    );
  if (given.event !== undefined && given.payload !== undefined)
    return vscode.l10n.t('launch.json has both "event" and "payload"; one of them is sent.');
  const { port = 0 } = given;
  return Number.isInteger(port) && port >= 0 && port <= 65_535
    ? undefined
    : vscode.l10n.t('"port" in launch.json has to be a number up to 65535.');
}
