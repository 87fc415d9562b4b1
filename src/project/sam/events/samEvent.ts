import type { NodeBuilder } from '../../document/build.ts';
import type { DocNode } from '../../document/sourceDocument.ts';
import type { Expansion } from '../expansion.ts';
import type { InvocationTarget } from '../invocationTarget.ts';
import type { InvokingRole } from '../invokingRole.ts';

/** One entry of a function's `Events`, with what is needed to write it out. */
export interface SamEvent {
  /** The function's logical id followed by the event's name: what SAM calls the resource that it makes. */
  readonly logicalId: string;
  readonly type: string;
  /** The event's name where it is written. */
  readonly place: DocNode;
  readonly build: NodeBuilder;
  readonly target: InvocationTarget;
  readonly role: InvokingRole;
  readonly expansion: Expansion;
  /** A property with `Fn::If` at its top decided. */
  own(name: string): DocNode | undefined;
}

/** Lets a service invoke the event's target. */
export function permit(
  event: SamEvent,
  principal: string,
  conditions: Readonly<Record<string, DocNode | string | undefined>>,
  logicalId = `${event.logicalId}Permission`,
): void {
  const { build, target, expansion, place } = event;
  expansion.add(
    logicalId,
    'AWS::Lambda::Permission',
    build.map({
      Action: 'lambda:InvokeFunction',
      FunctionName: target.name,
      Principal: principal,
      ...conditions,
    }),
    place,
  );
}

/** Says which property an event lacks; true when all are there. */
export function has(event: SamEvent, ...names: readonly string[]): boolean {
  const missing = names.filter(name => !event.own(name));
  if (missing.length === 0) return true;
  event.expansion.error(
    `An event of type ${event.type} needs ${missing.join(' and ')}. Add it.`,
    event.place,
  );
  return false;
}
