import { ts } from 'ts-morph';
import type { Fix } from '../../model/finding.ts';
import type { Binding, FileFacts } from '../phases/model.ts';
import { isDeclaredOnce, mentionsOf } from './names.ts';
import { indentationAt, newLineOf, wholeLines } from './places.ts';

/** Makes a variable of the module one of the only function that uses it. Undefined where there is no such one. */
export function moveIntoFunction({ declaration: name }: Binding, file: FileFacts): Fix | undefined {
  const { source } = file;
  if (!ts.isIdentifier(name) || !isDeclaredOnce(name, file)) return undefined;
  const declaration = name.parent;
  const list = declaration.parent;
  if (!ts.isVariableDeclaration(declaration) || !ts.isVariableDeclarationList(list)) return undefined;
  const statement = list.parent;
  if (list.declarations.length !== 1) return undefined;
  if (!ts.isVariableStatement(statement) || statement.parent !== source || statement.modifiers)
    return undefined;
  const uses = mentionsOf(name.text, source).filter(mention => mention !== name);
  const functions = new Set(uses.map(use => outermostFunction(use)));
  const [around, ...others] = functions;
  if (!around || others.length > 0 || !around.body || !ts.isBlock(around.body)) return undefined;
  const [first] = around.body.statements;
  if (!first) return undefined;
  const { start, end } = wholeLines(statement, source);
  const newLine = newLineOf(source);
  const at = first.getStart(source);
  const isOnOwnLine = source.text.slice(around.body.getStart(source), at).includes('\n');
  const gap = isOnOwnLine ? `${newLine}${indentationAt(at, source)}` : ' ';
  const begins = around.body.getStart(source) + 1;
  const isSeparate = /^\r?\n/.exec(source.text.slice(end));
  return {
    title: `Make ${name.text} anew in ${nameOf(around) ?? 'the function'}`,
    isSafe: false,
    edits: [
      { start, end: isSeparate ? end + isSeparate[0].length : end, newText: '' },
      { start: begins, end: begins, newText: `${gap}${statement.getText(source)}` },
    ],
  };
}

function outermostFunction(node: ts.Node): ts.FunctionLikeDeclaration | undefined {
  let outermost: ts.FunctionLikeDeclaration | undefined;
  for (let at = node.parent; at; at = at.parent) {
    if (ts.isFunctionLike(at)) outermost = at as ts.FunctionLikeDeclaration;
    if (ts.isClassLike(at)) return undefined;
  }
  return outermost;
}

function nameOf(node: ts.FunctionLikeDeclaration): string | undefined {
  const { name } = node;
  if (name && ts.isIdentifier(name)) return name.text;
  const { parent } = node;
  return ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name) ? parent.name.text : undefined;
}
