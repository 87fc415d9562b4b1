import type { ts } from 'ts-morph';
import type { FindingTag, Fix, RuleInfo, Severity } from '../../model/finding.ts';
import type { Handler } from '../handlers.ts';
import type { Inspection } from '../inspect.ts';
import type { FileFacts, Unit } from '../phases/model.ts';
import type { Phase } from '../protocol.ts';

/** What keeps, costs or breaks something on Lambda, with the name that findings, settings and pages know it by. */
export interface Rule extends RuleInfo {
  /** What the rule has to say of one file; the phases are known, and are not worked out again. */
  check(code: ReachedCode): readonly Problem[];
}

/** One file that a handler reaches, with what is known of the program that it belongs to. */
export interface ReachedCode {
  readonly file: FileFacts;
  readonly inspection: Inspection;
  /** Undefined for code that nothing reaches. */
  phaseAt(node: ts.Node): Phase | undefined;
  /** The handlers whose invocations may run a unit. */
  handlersOf(unit: Unit): readonly Handler[];
  /**
   * The functions that Lambda itself calls for a handler, with its arguments, and whose result it takes. Not those
   * that a package wraps: what they get and what becomes of their result is the package's affair.
   */
  functionsOf(handler: Handler): readonly Unit[];
  /** Of the function that the project defines for the handler, for example `nodejs24.x`; undefined where none is known. */
  runtimeOf(handler: Handler): string | undefined;
}

export interface Problem {
  readonly node: ts.Node;
  readonly message: string;
  /** Absent: the rule's. */
  readonly severity?: Severity;
  readonly fix?: Fix;
  readonly tag?: FindingTag;
}

interface Report<Id extends string> {
  readonly node: ts.Node;
  readonly message: Id;
  /** What stands in the message for `{name}`. */
  readonly data?: Readonly<Record<string, string>>;
  readonly severity?: Severity;
  readonly fix?: Fix | undefined;
  readonly tag?: FindingTag;
}

interface Definition<Messages extends Readonly<Record<string, string>>> {
  readonly name: string;
  readonly severity: Severity;
  readonly title: string;
  /** By id, with `{name}` where data goes. */
  readonly messages: Messages;
  readonly check: (code: ReachedCode, report: (problem: Report<keyof Messages & string>) => void) => void;
}

export function defineRule<const Messages extends Readonly<Record<string, string>>>(
  definition: Definition<Messages>,
): Rule {
  const { name, severity, title, messages } = definition;
  return {
    name,
    severity,
    title,
    check(code) {
      const problems: Problem[] = [];
      definition.check(code, ({ node, message, data = {}, severity: own, fix, tag }) => {
        const text = (messages[message] ?? message).replaceAll(
          /\{(\w+)\}/g,
          (whole, key) => data[key] ?? whole,
        );
        problems.push({
          node,
          message: text,
          ...(own && { severity: own }),
          ...(fix && { fix }),
          ...(tag && { tag }),
        });
      });
      return problems;
    },
  };
}
