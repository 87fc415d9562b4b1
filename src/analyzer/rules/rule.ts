import type { ts } from 'ts-morph';
import type { FindingTag, Fix, RuleInfo, Severity } from '../../model/finding.ts';
import type { FunctionDefinition, ProjectModel } from '../../model/functionDefinition.ts';
import type { FunctionFacts } from '../../model/functionFacts.ts';
import type { SourceRange } from '../../model/source.ts';
import type { Handler } from '../handlers.ts';
import type { Inspection } from '../inspect.ts';
import type { CallSite, FileFacts, Scope, Unit } from '../phases/model.ts';
import type { Value } from '../phases/values.ts';
import type { HandlerLocation, Phase } from '../protocol.ts';
import type { Nodes } from './nodes.ts';

/** What keeps, costs or breaks something on Lambda, with the name that findings, settings and pages know it by. */
export interface Rule extends RuleInfo {
  /** What the rule has to say of one file; the phases are known, and are not worked out again. */
  check(code: ReachedCode): readonly Problem[];
  /** What it has to say of the templates that define the functions. */
  checkTemplates(project: DefinedProject): readonly TemplateProblem[];
}

/** The functions of a project as its templates define them. */
export interface DefinedProject {
  readonly model: ProjectModel;
  /** The text of a template; undefined where it cannot be read. */
  textOf(file: string): string | undefined;
  /** Where the handler of a function is; undefined where its source file was not found. */
  locationOf(definition: FunctionDefinition): HandlerLocation | undefined;
}

export interface TemplateProblem {
  readonly range: SourceRange;
  readonly message: string;
  /** Absent: the rule's. */
  readonly severity?: Severity;
}

/** One file that a handler reaches, with what is known of the program that it belongs to. */
export interface ReachedCode {
  readonly file: FileFacts;
  readonly inspection: Inspection;
  /** Every function that Lambda calls. */
  readonly invoked: ReadonlySet<Unit>;
  readonly nodes: Nodes;
  /** Undefined for code that nothing reaches. */
  phaseAt(node: ts.Node): Phase | undefined;
  /** The files with code that a handler's invocations or its init may run. */
  filesOf(handler: Handler): readonly FileFacts[];
  /** The handlers whose invocations may run a unit. */
  handlersOf(unit: Unit): readonly Handler[];
  /**
   * The functions that Lambda itself calls for a handler, with its arguments, and whose result it takes. Not those
   * that a package wraps: what they get and what becomes of their result is the package's affair.
   */
  functionsOf(handler: Handler): readonly Unit[];
  /** Of the function that the project defines for the handler, for example `nodejs24.x`; undefined where none is known. */
  runtimeOf(handler: Handler): string | undefined;
  /** What the project says of the functions that have this handler; several where they share it. */
  factsOf(handler: Handler): readonly FunctionFacts[];
  /** The call that a node of any file of the program is. */
  siteOf(node: ts.Node): CallSite | undefined;
  /** The functions, classes and objects that an expression may be, without what callers pass. */
  evaluate(expression: ts.Node, scope: Scope): readonly Value[];
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

interface TemplateReport<Id extends string> {
  readonly range: SourceRange | undefined;
  readonly message: Id;
  readonly data?: Readonly<Record<string, string>>;
  readonly severity?: Severity;
}

interface Definition<Messages extends Readonly<Record<string, string>>> {
  readonly name: string;
  readonly severity: Severity;
  readonly title: string;
  /** By id, with `{name}` where data goes. */
  readonly messages: Messages;
  readonly check?: (code: ReachedCode, report: (problem: Report<keyof Messages & string>) => void) => void;
  readonly checkTemplates?: (
    project: DefinedProject,
    report: (problem: TemplateReport<keyof Messages & string>) => void,
  ) => void;
}

export function defineRule<const Messages extends Readonly<Record<string, string>>>(
  definition: Definition<Messages>,
): Rule {
  const { name, severity, title, messages } = definition;
  const textOf = (id: string, data: Readonly<Record<string, string>> = {}) =>
    (messages[id] ?? id).replaceAll(/\{(\w+)\}/g, (whole, key) => data[key] ?? whole);
  return {
    name,
    severity,
    title,
    check(code) {
      const problems: Problem[] = [];
      definition.check?.(code, ({ node, message, data, severity: own, fix, tag }) => {
        problems.push({
          node,
          message: textOf(message, data),
          ...(own && { severity: own }),
          ...(fix && { fix }),
          ...(tag && { tag }),
        });
      });
      return problems;
    },
    checkTemplates(project) {
      const problems: TemplateProblem[] = [];
      definition.checkTemplates?.(project, ({ range, message, data, severity: own }) => {
        if (range) problems.push({ range, message: textOf(message, data), ...(own && { severity: own }) });
      });
      return problems;
    },
  };
}
