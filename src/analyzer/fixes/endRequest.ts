import { ts } from 'ts-morph';
import type { Fix, TextEdit } from '../../model/finding.ts';

/** What a request may take where nothing is known of the function: Lambda's default is three seconds in all. */
const defaultMs = 2000;
const maximumMs = 10_000;

/**
 * Ends a `fetch` some time before the function itself is ended.
 * @param timeoutSeconds of the function; not finite where it is not known
 */
export function endRequest(call: ts.CallExpression, timeoutSeconds: number): Fix | undefined {
  const [address, options, ...more] = call.arguments;
  if (!address || ts.isSpreadElement(address) || more.length > 0) return undefined;
  const ms = Number.isFinite(timeoutSeconds)
    ? Math.min(maximumMs, Math.max(500, (timeoutSeconds - 1) * 1000))
    : defaultMs;
  const edit = editFor(`signal: AbortSignal.timeout(${ms})`, address, options);
  return edit && { title: `End the request after ${ms} ms`, isSafe: false, edits: [edit] };
}

function editFor(signal: string, address: ts.Node, options: ts.Node | undefined): TextEdit | undefined {
  if (!options) return { start: address.end, end: address.end, newText: `, { ${signal} }` };
  if (!ts.isObjectLiteralExpression(options)) return undefined;
  const [first] = options.properties;
  if (!first) return { start: options.getStart(), end: options.end, newText: `{ ${signal} }` };
  const start = first.getStart();
  const [line = ' '] = /\r?\n[ \t]*$/.exec(options.getSourceFile().text.slice(0, start)) ?? [];
  return { start, end: start, newText: `${signal},${line}` };
}
