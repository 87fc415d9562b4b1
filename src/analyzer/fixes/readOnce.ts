import { ts } from 'ts-morph';
import type { Fix, TextEdit } from '../../model/finding.ts';
import type { FileFacts } from '../phases/model.ts';
import { changesSettings } from './hoist.ts';
import { freeName } from './names.ts';
import { beginningOf, newLineOf, topLevelStatement } from './places.ts';

/**
 * Reads an environment variable into a constant of the module, and uses that in all functions. Undefined where the
 * file changes the environment, and for a node that is no `process.env.NAME`.
 */
export function readOnce(access: ts.Node, file: FileFacts): Fix | undefined {
  const { source } = file;
  if (!ts.isPropertyAccessExpression(access) || changesSettings(source.text)) return undefined;
  const text = access.getText(source);
  if (!/^process\.env\.\w+$/.test(text)) return undefined;
  const name = access.name.text;
  const uses = readsOf(text, source).filter(use => ts.findAncestor(use, ts.isFunctionLike));
  const [first] = uses;
  const statement = first && topLevelStatement(first);
  if (!statement || uses.some(use => !topLevelStatement(use))) return undefined;
  const short = camelCase(name);
  const local = freeName(freeName(short, file) === short ? short : `${short}Value`, file);
  const newLine = newLineOf(source);
  const at = beginningOf(statement, source);
  const edits: TextEdit[] = uses.map(use => ({
    start: use.getStart(source),
    end: use.end,
    newText: local,
  }));
  return {
    title: `Read ${name} once: move it out of the function`,
    isSafe: false,
    edits: [{ start: at, end: at, newText: `const ${local} = ${text};${newLine}${newLine}` }, ...edits],
  };
}

function readsOf(text: string, source: ts.SourceFile): readonly ts.Node[] {
  const reads: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && node.getText(source) === text) reads.push(node);
    else ts.forEachChild(node, visit);
  };
  visit(source);
  return reads;
}

/** `tableName` for `TABLE_NAME`. */
function camelCase(name: string): string {
  const words = name
    .toLowerCase()
    .split(/_+/)
    .filter(word => word !== '');
  const [first = 'value', ...others] = words;
  const rest = others.map(word => word.charAt(0).toUpperCase() + word.slice(1));
  const whole = [first, ...rest].join('');
  return /^\d/.test(whole) ? `value${whole}` : whole;
}
