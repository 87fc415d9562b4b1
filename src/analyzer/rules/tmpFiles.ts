import { ts } from 'ts-morph';
import { originOf } from '../notes.ts';
import type { Scope } from '../phases/model.ts';
import { unwrap } from '../syntax.ts';
import { behindNames, textStart } from './constants.ts';
import { importedCall } from './origins.ts';
import type { ReachedCode } from './rule.ts';

const fileSystem = /^(node:)?fs(\/promises)?$|^fs-extra$|^graceful-fs$/;
const paths = /^(node:)?path(\/posix)?$/;

/** A call of the file system with the path that it is about. */
export interface FileCall {
  readonly node: ts.CallExpression;
  readonly scope: Scope;
  /** The function of `fs`, without `Sync`. */
  readonly name: string;
  readonly path: ts.Expression;
}

/** Every call of the file system in a file, in the order of the text. */
export function fileCalls({ file }: ReachedCode): readonly FileCall[] {
  return file.units
    .flatMap(({ calls }) => calls.flatMap(({ node, scope }) => fileCall(node, scope) ?? []))
    .sort((a, b) => a.node.pos - b.node.pos);
}

function fileCall(node: ts.Node, scope: Scope): FileCall | undefined {
  const name = importedCall(node, scope, fileSystem)?.replace(/Sync$/, '');
  if (name === undefined || !ts.isCallExpression(node)) return undefined;
  const path = node.arguments[/^(copyFile|cp|rename|symlink|link)$/.test(name) ? 1 : 0];
  return path && { node, scope, name, path };
}

/** Whether a call makes, changes or extends what is at its path. */
export function isWrite({ name, node }: FileCall): boolean {
  if (/^(open|createWriteStream)$/.test(name)) {
    const flags = node.arguments[1] && unwrap(node.arguments[1]);
    return (
      name === 'createWriteStream' ||
      (flags !== undefined && ts.isStringLiteralLike(flags) && /[wax+]/.test(flags.text))
    );
  }
  return /^(writeFile|appendFile|mkdir|mkdtemp|copyFile|cp|rename|symlink|outputFile|outputJson|writeJson|ensureDir|ensureFile|truncate)$/.test(
    name,
  );
}

/**
 * What a path is known to begin with; of `join('/tmp', name)` its first part. The folder of the code is
 * `/var/task`: `__dirname`, `process.cwd()` and relative paths.
 */
export function pathStart(path: ts.Expression, scope: Scope, code: ReachedCode): string | undefined {
  const start = textStart(path, scope, code) ?? callStart(path, scope, code);
  if (start === undefined || start === '') return undefined;
  if (/^\.{0,2}\//.test(start) || /^[\w-]+[./]/.test(start) || start === '.') {
    return start.startsWith('/') ? start : `/var/task/${start}`;
  }
  return undefined;
}

function callStart(path: ts.Expression, scope: Scope, code: ReachedCode): string | undefined {
  const { value, scope: at } = behindNames(path, scope, code);
  if (ts.isIdentifier(value)) return value.text === '__dirname' ? '/var/task/' : undefined;
  if (ts.isTemplateExpression(value) && value.head.text === '') {
    const [first] = value.templateSpans;
    return first && callStart(first.expression, at, code);
  }
  if (ts.isBinaryExpression(value)) return callStart(value.left, at, code);
  if (!ts.isCallExpression(value)) return undefined;
  const callee = unwrap(value.expression);
  if (callee.getText() === 'process.cwd') return '/var/task/';
  const origin = originOf(callee, at);
  if (origin && /^(node:)?os$/.test(origin.specifier) && origin.name === 'tmpdir') return '/tmp';
  const [first] = value.arguments;
  if (!origin || !paths.test(origin.specifier) || !/^(join|resolve)$/.test(origin.name) || !first)
    return undefined;
  return pathStart(first, at, code);
}
