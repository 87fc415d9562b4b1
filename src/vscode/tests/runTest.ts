import * as vscode from 'vscode';
import { differenceText } from '../../events/expectation/compare.ts';
import {
  type Expectation,
  judge,
  parseExpectation,
  payloadOf,
} from '../../events/expectation/expectation.ts';
import { updateExpectation } from '../../events/expectation/update.ts';
import { isUserError, messageOf } from '../../shared/errors.ts';
import type { Debuggers } from '../debug/debuggers.ts';
import { findTarget } from '../invoke/pick.ts';
import { readEvent, readText } from '../invoke/savedEvents.ts';
import type { Services } from '../services.ts';
import type { SavedTest } from './savedTests.ts';

/** How a test went, in the words of the Test Explorer. */
export type TestEnd =
  | { readonly kind: 'passed'; readonly log: string; readonly durationMs: number }
  | {
      readonly kind: 'failed';
      readonly log: string;
      readonly durationMs: number;
      readonly message: vscode.TestMessage;
    }
  /** It could not be told. */
  | { readonly kind: 'errored'; readonly message: vscode.TestMessage };

export interface TestOptions {
  /** Write the expectation anew where it is not met. */
  readonly update: boolean;
  readonly signal: AbortSignal;
  /** Attach a debugger. */
  readonly debug?: boolean;
}

export type TestServices = Pick<Services, 'engines' | 'projects'> & {
  readonly debuggers: Pick<Debuggers, 'wish'>;
};

/** Invokes the function with the event, and compares. */
export async function runTest(
  test: SavedTest,
  { engines, projects, debuggers }: TestServices,
  { update, signal, debug = false }: TestOptions,
): Promise<TestEnd> {
  try {
    const payload = await readEvent(test.event);
    const place = vscode.workspace.asRelativePath(test.expectation);
    const expectation = parseExpectation(await readText(test.expectation), place);
    const connection = await engines.connect(test.folder);
    const environment = debug
      ? await debuggers.wish(await findTarget(test.functionName, test.folder.uri, projects))
      : undefined;
    const startedAt = performance.now();
    const result = await connection.invoke({
      functionName: test.functionName,
      payload,
      signal,
      ...(environment === undefined ? {} : { environment }),
    });
    const end = { log: result.logTail, durationMs: performance.now() - startedAt };
    const verdict = judge(expectation, result);
    if (verdict.kind === 'passed') return { kind: 'passed', ...end };
    if (update) {
      const text = new TextEncoder().encode(updateExpectation(expectation, result));
      await vscode.workspace.fs.writeFile(test.expectation, text);
      return { kind: 'passed', ...end };
    }
    const message = vscode.TestMessage.diff(
      [verdict.message, ...verdict.differences.map(differenceText)].join('\n'),
      format(expected(expectation)),
      format(result.functionError === undefined ? payloadOf(result) : { $error: payloadOf(result) }),
    );
    message.location = new vscode.Location(test.expectation, new vscode.Position(0, 0));
    return { kind: 'failed', message, ...end };
  } catch (error) {
    if (signal.aborted || !isUserError(error)) throw error;
    return { kind: 'errored', message: new vscode.TestMessage(messageOf(error)) };
  }
}

function expected({ kind, pattern }: Expectation): unknown {
  return kind === 'error' ? { $error: pattern } : pattern;
}

function format(value: unknown): string {
  return JSON.stringify(value, undefined, 2);
}
