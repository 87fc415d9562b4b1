import type { SourceRange } from '../../model/source.ts';
import { createDocument, type DocNode, rangeBetween } from '../document/sourceDocument.ts';
import { LiteralReader, skipQuoted } from './javascriptLiterals.ts';

/** A construct that a CDK program makes, as far as the program's text tells. */
export interface Construct {
  /** `Function`, or one of the classes that are made for a kind of code. */
  readonly className: string;
  /** The id that it is given, the second argument. */
  readonly id: string;
  /** The options, the third argument, where they are written in place. */
  readonly options: DocNode | undefined;
  readonly range: SourceRange;
  /** The call, for what has no place of its own. */
  readonly place: DocNode;
}

const classes = new Set(['Function', 'NodejsFunction', 'PythonFunction', 'DockerImageFunction']);

/** The functions that a source of a CDK program constructs. Nothing is run. */
export function findConstructs(file: string, text: string): readonly Construct[] {
  const document = createDocument(file, text);
  const { calls, constants } = scan(text);
  const found: Construct[] = [];
  const budget = { left: 1_000_000 + 20 * text.length };
  for (const { className, start, argumentsAt } of calls) {
    const [, id, options] = new LiteralReader(text, document, constants, budget).arguments(argumentsAt);
    if (id?.kind !== 'scalar' || typeof id.value !== 'string') continue;
    const isLiteral = options?.kind === 'map';
    // Its handler may be anywhere; only a NodejsFunction needs nothing but its id.
    if (className !== 'NodejsFunction' && !isLiteral) continue;
    const end = argumentsAt - 1;
    const written = id.placeholders ? id.value.replace(/^<unresolved |>$/g, '') : id.value;
    const place: DocNode = { kind: 'scalar', value: written, document, start, end };
    found.push({
      className,
      id: written,
      options: isLiteral ? options : undefined,
      range: rangeBetween(document, start, end),
      place,
    });
  }
  return found;
}

interface Call {
  readonly className: string;
  readonly start: number;
  /** The offset behind the opening parenthesis. */
  readonly argumentsAt: number;
}

/** `new lambda.Function(` of Lambda's modules and `const name =`, outside of texts and comments. */
function scan(text: string): { calls: readonly Call[]; constants: ReadonlyMap<string, number> } {
  const calls: Call[] = [];
  const constants = new Map<string, number>();
  const call = /new\s+((?:[A-Za-z_$][\w$]*\s*\.\s*)*)([A-Za-z_$][\w$]*)\s*\(/y;
  const origins = originsOf(text);
  const constant = /const\s+([A-Za-z_$][\w$]*)\s*(?::[^=;{}]*)?=/y;
  for (let at = 0; at < text.length; at += 1) {
    const skipped = skipQuoted(text, at);
    if (skipped !== at) {
      at = skipped - 1;
      continue;
    }
    const letter = text[at];
    if ((letter !== 'n' && letter !== 'c') || /[\w$.]/.test(text[at - 1] ?? '')) continue;
    call.lastIndex = at;
    const made = call.exec(text);
    const [whole = '', qualifiers = '', className = ''] = made ?? [];
    if (classes.has(className) && isLambdas(qualifiers, className, origins)) {
      calls.push({ className, start: at, argumentsAt: at + whole.length });
    }
    constant.lastIndex = at;
    const named = constant.exec(text);
    if (named) constants.set(named[1] ?? '', at + named[0].length);
  }
  return { calls, constants };
}

/** By name, what each import and require of a file takes it from. */
function originsOf(text: string): ReadonlyMap<string, string> {
  const origins = new Map<string, string>();
  const statement =
    /\bimport\s+([^;'"]*?)\s*from\s*['"]([^'"]+)['"]|\b(?:const|var|let|import)\s+([^=;'"]+?)\s*=\s*require\(\s*['"]([^'"]+)['"]/g;
  for (const [, imported, module = '', required, path = ''] of text.matchAll(statement)) {
    for (const part of (imported ?? required ?? '').split(/[{},]/)) {
      const names = part.trim().split(/\s+as\s+|\s*:\s*/);
      const local = names.at(-1) ?? '';
      if (local !== '') origins.set(local, `${module}${path} ${names[0]}`);
    }
  }
  return origins;
}

/** CloudFront and AppSync have a class `Function` too, and so has JavaScript. */
function isLambdas(qualifiers: string, className: string, origins: ReadonlyMap<string, string>): boolean {
  const [root = ''] = (qualifiers === '' ? className : qualifiers).split(/\s*\./);
  const origin = origins.get(root);
  if (origin === undefined) return qualifiers !== '' && /lambda|nodejs|python/i.test(qualifiers);
  return /lambda/i.test(`${origin} ${qualifiers}`);
}
