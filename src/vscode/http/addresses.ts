import * as vscode from 'vscode';
import type { HttpAddress } from '../../model/httpAddress.ts';
import type { Trigger } from '../../model/trigger.ts';
import { UserError } from '../../shared/errors.ts';
import type { Services } from '../services.ts';

/** Where the APIs and function URLs of the open folders answer, as far as their engines run. */
export class HttpAddresses implements vscode.Disposable {
  readonly #services: Pick<Services, 'engines' | 'log'>;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #known = new Map<string, readonly HttpAddress[]>();
  readonly #subscriptions = new Map<string, { dispose(): void }>();
  readonly #engines: vscode.Disposable;
  readonly onDidChange = this.#changed.event;

  constructor(services: Pick<Services, 'engines' | 'log'>) {
    this.#services = services;
    this.#engines = services.engines.onDidChange(folder => this.#follow(folder));
  }

  /** Undefined while the engine does not run, and for a trigger that has no address. */
  current(folder: vscode.WorkspaceFolder, trigger: Trigger): HttpAddress | undefined {
    return this.#known.get(folder.uri.toString())?.find(address => isOf(address, trigger));
  }

  /**
   * The address of a trigger, once the engine runs.
   *
   * @throws UserError where the engine serves nothing for it.
   */
  async find(folder: vscode.WorkspaceFolder, trigger: Trigger): Promise<HttpAddress> {
    const connection = await this.#services.engines.connect(folder);
    const addresses = await connection.httpAddresses();
    this.#remember(folder, addresses);
    const address = addresses.find(each => isOf(each, trigger));
    if (address) return address;
    throw new UserError(
      vscode.l10n.t(
        'The local Lambda service has no address for {0}. Save the template if it was just changed.',
        trigger.label,
      ),
    );
  }

  #follow(folder: vscode.WorkspaceFolder): void {
    const key = folder.uri.toString();
    this.#subscriptions.get(key)?.dispose();
    this.#subscriptions.delete(key);
    const connection = this.#services.engines.current(folder);
    if (!connection) {
      this.#known.delete(key);
      this.#changed.fire();
      return;
    }
    const read = () => {
      connection.httpAddresses().then(
        addresses => this.#remember(folder, addresses),
        error => this.#services.log.debug(`The addresses of ${folder.name} are not known: ${String(error)}`),
      );
    };
    const events = connection.events(({ type }) => {
      if (type === 'httpAddressesChanged') read();
    });
    this.#subscriptions.set(key, events);
    read();
  }

  #remember(folder: vscode.WorkspaceFolder, addresses: readonly HttpAddress[]): void {
    const key = folder.uri.toString();
    if (JSON.stringify(this.#known.get(key)) === JSON.stringify(addresses)) return;
    this.#known.set(key, addresses);
    this.#changed.fire();
  }

  dispose(): void {
    this.#engines.dispose();
    for (const subscription of this.#subscriptions.values()) subscription.dispose();
    this.#changed.dispose();
  }
}

function isOf(address: HttpAddress, trigger: Trigger): boolean {
  return (
    address.kind === trigger.kind &&
    address.stackId === trigger.stackId &&
    address.logicalId === trigger.logicalId &&
    address.label === trigger.label &&
    address.functionName === trigger.functionName
  );
}
