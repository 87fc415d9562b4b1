import * as vscode from 'vscode';
import type { InvokeResult } from '../../client/connection.ts';
import { messageOf } from '../../shared/errors.ts';

interface Request {
  readonly seq: number;
  readonly type: string;
  readonly command: string;
}

/**
 * A session of the type `lambda-lens`: one invocation from its start to its end, whose log goes to the Debug
 * Console. What steps and pauses is a session below it, of VS Code's own debugger.
 *
 * https://microsoft.github.io/debug-adapter-protocol/specification
 */
export class LaunchSession implements vscode.DebugAdapter {
  readonly #invoke: () => Promise<InvokeResult | undefined>;
  readonly #sent = new vscode.EventEmitter<vscode.DebugProtocolMessage>();
  readonly onDidSendMessage = this.#sent.event;
  #seq = 0;

  /** @param invoke undefined when the user has turned away */
  constructor(invoke: () => Promise<InvokeResult | undefined>) {
    this.#invoke = invoke;
  }

  handleMessage(message: vscode.DebugProtocolMessage): void {
    const request = message as Request;
    if (request.type !== 'request') return;
    switch (request.command) {
      case 'initialize':
        this.#respond(request, { supportsConfigurationDoneRequest: true });
        this.#event('initialized');
        break;
      case 'launch':
        this.#respond(request);
        void this.#run();
        break;
      case 'threads':
        this.#respond(request, { threads: [] });
        break;
      default:
        this.#respond(request);
    }
  }

  async #run(): Promise<void> {
    try {
      const result = await this.#invoke();
      if (result) {
        this.#output('stdout', result.logTail);
        this.#output(result.functionError === undefined ? 'console' : 'stderr', `${result.payload}\n`);
      }
    } catch (error) {
      if (!(error instanceof vscode.CancellationError)) {
        this.#output('stderr', `${messageOf(error)}\n`);
        void vscode.window.showErrorMessage(messageOf(error));
      }
    }
    this.#event('terminated');
  }

  #output(category: string, output: string): void {
    this.#event('output', { category, output });
  }

  #respond({ seq, command }: Request, body: unknown = {}): void {
    this.#send({ type: 'response', request_seq: seq, command, success: true, body });
  }

  #event(event: string, body: unknown = {}): void {
    this.#send({ type: 'event', event, body });
  }

  #send(message: Readonly<Record<string, unknown>>): void {
    this.#seq += 1;
    this.#sent.fire({ seq: this.#seq, ...message });
  }

  dispose(): void {
    this.#sent.dispose();
  }
}
