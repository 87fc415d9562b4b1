import { ts } from 'ts-morph';
import { originOf } from '../notes.ts';
import type { Scope, Unit } from '../phases/model.ts';
import { unwrap } from '../syntax.ts';
import { isMadeOfEvent, localSource } from './eventTexts.ts';
import { rootName } from './loops.ts';
import type { ReachedCode } from './rule.ts';
import { fileCalls } from './tmpFiles.ts';

/** Paths of the file system that the event has a part in, where nothing looks at that part first. */
export function* eventPaths(code: ReachedCode): Generator<ts.Node> {
  for (const { node, scope, name } of fileCalls(code)) {
    const count = /^(copyFile|cp|rename|symlink|link)$/.test(name) ? 2 : 1;
    for (const path of node.arguments.slice(0, count)) {
      const parts = partsOf(path, scope).filter(part => isMadeOfEvent(part, scope, code));
      if (parts.length > 0 && !parts.every(part => isChecked(part, scope.unit))) yield path;
    }
  }
}

/** A path, or what `join` and `resolve` put together. */
function partsOf(path: ts.Node, scope: Scope): readonly ts.Node[] {
  const source = localSource(unwrap(path), scope);
  const value = unwrap(source?.expression ?? path);
  if (!ts.isCallExpression(value)) return [value];
  const origin = originOf(unwrap(value.expression), source?.scope ?? scope);
  const isPath = origin && /^(node:)?path(\/posix)?$/.test(origin.specifier);
  return isPath && /^(join|resolve|normalize)$/.test(origin.name) ? value.arguments : [value];
}

/** A condition that mentions the value may let only good ones through. */
function isChecked(part: ts.Node, unit: Unit): boolean {
  const names = new Set<string>();
  const collect = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) names.add(node.text);
    ts.forEachChild(node, collect);
  };
  collect(part);
  const root = rootName(part);
  if (root !== undefined && names.size > 1) names.delete(root);
  const visit = (node: ts.Node): boolean => {
    if (ts.isIfStatement(node) && mentions(node.expression, names)) return true;
    if (ts.isConditionalExpression(node) && mentions(node.condition, names)) return true;
    return ts.forEachChild(node, child => visit(child) || undefined) ?? false;
  };
  return visit(unit.node);
}

function mentions(node: ts.Node, names: ReadonlySet<string>): boolean {
  if (ts.isIdentifier(node)) return names.has(node.text);
  return ts.forEachChild(node, child => mentions(child, names) || undefined) ?? false;
}
