import { ts } from 'ts-morph';
import type { Binding, FileFacts } from '../phases/model.ts';
import { unwrap } from '../syntax.ts';
import { declaredIn, rootName } from './loops.ts';

/** The variable of the module that an expression begins with; undefined where a function has a name of its own there. */
export function moduleBinding(expression: ts.Node, file: FileFacts): Binding | undefined {
  const name = rootName(expression);
  const binding = name === undefined ? undefined : file.scope.bindings.get(name);
  if (!binding || name === undefined) return undefined;
  const hides = (node: ts.Node) => ts.isFunctionLike(node) && declaredIn(node).has(name);
  return ts.findAncestor(expression, hides) ? undefined : binding;
}

/** The initial value of a `let` or `const` of the module. */
export function initialValue({ declaration }: Binding): ts.Node | undefined {
  const variable = declaration.parent;
  const isWhole = variable && ts.isVariableDeclaration(variable) && variable.name === declaration;
  return isWhole && variable.initializer ? unwrap(variable.initializer) : undefined;
}
