import { ts } from 'ts-morph';
import type { FileFacts, Guard, Unit } from './model.ts';
import type { Arrival, Arrivals } from './propagate.ts';
import type { Span } from './regions.ts';

/** Says in one sentence why a part of a file runs when it does. */
export function reasonOf(span: Span, file: FileFacts, arrivals: Arrivals): string {
  const { cause } = span;
  if (!('tag' in cause)) return guardReason(cause, file);
  if (cause.kind === 'module') return moduleReason(arrivals.get(cause)?.init ?? arrivals.get(cause)?.lazy);
  const { init, invoke, lazy } = arrivals.get(cause) ?? {};
  const what = cause.kind === 'construction' ? 'constructed' : 'called';
  const parts: string[] = [];
  if (init) parts.push(`${what} during init${by(init)}`);
  if (invoke)
    parts.push(
      invoke.entry
        ? 'the handler: Lambda calls it on every invocation'
        : `${what} on every invocation${by(invoke)}`,
    );
  else if (lazy) parts.push(`${what} once, on first use${by(lazy)}`);
  return parts.join('; ');
}

/** The units from the entry point to the one that arrived, without the latter. */
function callersOf(arrival: Arrival): readonly Unit[] {
  const callers: Unit[] = [];
  for (let at = arrival.from; at; at = at.arrival.from) callers.unshift(at.unit);
  return callers;
}

/** The longest chain of callers that a reason spells out. */
const longestChain = 5;

function by(arrival: Arrival): string {
  const callers = callersOf(arrival).map(unit => unit.name);
  if (callers.length === 0) return '';
  const shown =
    callers.length <= longestChain
      ? callers
      : [...callers.slice(0, 2), '…', ...callers.slice(callers.length - 2)];
  return ` by ${shown.join(' → ')}`;
}

function moduleReason(arrival: Arrival | undefined): string {
  const from = arrival?.from;
  if (!from) return 'module code: once per environment, before the first invocation';
  const source = from.site.getSourceFile();
  const { line } = ts.getLineAndCharacterOfPosition(source, from.site.getStart(source));
  const place = `${from.unit.path.split(/[\\/]/).at(-1)}:${line + 1}`;
  return arrival.side === 'lazy'
    ? `module code: once per environment, when ${place} first loads it`
    : `module code: once per environment, loaded by ${place}`;
}

function guardReason({ target, runsWhile }: Guard, file: FileFacts): string {
  const name = target.getText(file.source).slice(0, 40);
  return `once per environment: runs until \`${name}\` is ${runsWhile === 'set' ? 'unset' : 'set'}`;
}
