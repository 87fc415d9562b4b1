import { ts } from 'ts-morph';
import type { Fix } from '../../model/finding.ts';
import type { FileFacts, Scope } from '../phases/model.ts';
import { isLost } from './hoist.ts';
import { freeName, isOfModule } from './names.ts';
import { beginningOf, dedented, indentationAt, newLineOf, topLevelStatement } from './places.ts';

/**
 * Keeps what is made on first use, for later invocations: where it cannot be made when the module is loaded, as it
 * takes an `await`, or as it uses what is only known later. What fails is tried again by the next invocation.
 * Undefined where it uses variables of a function, or where it is closed after its use.
 * @param made what makes it: a call or a `new`
 */
export function keep(
  made: ts.CallExpression | ts.NewExpression,
  scope: Scope,
  file: FileFacts,
  { name, verb }: { readonly name: string; readonly verb: 'make' | 'open' | 'fetch' },
): Fix | undefined {
  const { source } = file;
  const statement = topLevelStatement(made);
  const awaited = ts.isAwaitExpression(made.parent) ? made.parent : undefined;
  if (!statement || !isOfModule(made, scope) || isLostLater(awaited ?? made)) return undefined;
  if (!awaited && !ts.isNewExpression(made)) return undefined;
  const newLine = newLineOf(source);
  const maker = freeName(`${verb}${name.charAt(0).toUpperCase()}${name.slice(1)}`, file);
  const kept = freeName(`kept${name.charAt(0).toUpperCase()}${name.slice(1)}`, file);
  const isTyped = /\.[cm]?tsx?$/.test(file.path);
  const type = awaited ? `Awaited<ReturnType<typeof ${maker}>>` : `ReturnType<typeof ${maker}>`;
  const text = dedented(indentationAt(made.getStart(source), source) + made.getText(source), newLine);
  const declarations = [
    `const ${maker} = () => ${text};`,
    `let ${kept}${isTyped ? `: ${type} | undefined` : ''};`,
  ];
  const at = beginningOf(statement, source);
  const place = awaited ?? made;
  return {
    title: titles[verb],
    isSafe: false,
    edits: [
      { start: at, end: at, newText: `${declarations.join(newLine)}${newLine}${newLine}` },
      {
        start: place.getStart(source),
        end: place.end,
        newText: `(${kept} ??= ${awaited ? 'await ' : ''}${maker}())`,
      },
    ],
  };
}

const titles = {
  make: 'Build it on first use, and keep it',
  open: 'Open it on first use, and keep it',
  fetch: 'Fetch it on first use, and keep it',
} as const;

/** Of what a variable holds, or what is called right away. */
function isLostLater(place: ts.Node): boolean {
  const declaration = place.parent;
  if (isLost(place)) return true;
  if (!ts.isVariableDeclaration(declaration)) return false;
  const block = ts.findAncestor(declaration, ts.isBlock);
  if (!block || !ts.isIdentifier(declaration.name)) return false;
  return isLost(declaration.name, block);
}
