import { ts } from 'ts-morph';
import { accessedName, hasModifier, isErased, loadedSpecifier, staticName, unwrap } from '../syntax.ts';

/** The values that a module exports, as far as its text alone tells. */
export interface ModuleExports {
  /** By exported name. */
  readonly names: ReadonlyMap<string, ExportedName>;
  /** The modules of `export * from`. */
  readonly stars: readonly string[];
  /** There may be more: something is exported in a way that only running the module could tell. */
  readonly isOpen: boolean;
}

export interface ExportedName {
  /** Offsets of the name to point at: that of the declaration, where it is in this module. */
  readonly start: number;
  readonly end: number;
  /** Where another module declares it. */
  readonly from?: { readonly specifier: string; readonly name: string };
  /** False for what Lambda cannot call: text, numbers, objects, classes. */
  readonly isCallable: boolean;
}

/** Reads the exports of an ECMAScript or CommonJS module; nothing is bound and no other file is looked at. */
export function readExports(source: ts.SourceFile): ModuleExports {
  const reader = new ExportReader(source);
  for (const statement of source.statements) reader.declare(statement);
  for (const statement of source.statements) reader.statement(statement);
  return {
    names: reader.names,
    stars: reader.stars,
    isOpen: reader.isOpen || (/\bexports\b/.test(source.text) && reader.mentionsMore(source)),
  };
}

interface Declaration {
  readonly name: ts.Node;
  readonly value: ts.Node | undefined;
}

class ExportReader {
  readonly names = new Map<string, ExportedName>();
  readonly stars: string[] = [];
  isOpen = false;
  readonly #source: ts.SourceFile;
  readonly #declared = new Map<string, Declaration>();
  readonly #imported = new Map<string, { readonly specifier: string; readonly name: string }>();
  /** Mentions of `exports` that have been understood. */
  readonly #understood = new Set<ts.Node>();

  constructor(source: ts.SourceFile) {
    this.#source = source;
  }

  /** Remembers the module's own names, which may be exported before they are declared. */
  declare(statement: ts.Statement): void {
    if (ts.isVariableStatement(statement)) {
      for (const { name, initializer } of statement.declarationList.declarations) {
        for (const each of boundNames(name)) {
          this.#declared.set(each.text, { name: each, value: each === name ? initializer : undefined });
        }
      }
    } else if (ts.isImportDeclaration(statement)) this.#declareImports(statement);
    else if (isNamedDeclaration(statement)) {
      this.#declared.set(statement.name.text, { name: statement.name, value: statement });
    }
  }

  statement(statement: ts.Statement): void {
    if (ts.isExportDeclaration(statement)) this.#exportDeclaration(statement);
    else if (ts.isExportAssignment(statement)) this.#exportAssignment(statement);
    else if (ts.isExpressionStatement(statement)) this.#expression(statement.expression);
    else if (hasModifier(statement, ts.SyntaxKind.ExportKeyword) && !isErased(statement)) {
      this.#exportedStatement(statement);
    }
  }

  /** Whether `exports` is used in any other way than those that were understood. */
  mentionsMore(node: ts.Node): boolean {
    if (ts.isIdentifier(node) && node.text === 'exports') return !this.#understood.has(node);
    return ts.forEachChild(node, child => this.mentionsMore(child)) ?? false;
  }

  #declareImports({ importClause, moduleSpecifier }: ts.ImportDeclaration): void {
    if (!importClause || !ts.isStringLiteral(moduleSpecifier)) return;
    const specifier = moduleSpecifier.text;
    const { name, namedBindings } = importClause;
    if (name) this.#imported.set(name.text, { specifier, name: 'default' });
    if (!namedBindings || !ts.isNamedImports(namedBindings)) return;
    for (const element of namedBindings.elements) {
      const original = (element.propertyName ?? element.name).text;
      this.#imported.set(element.name.text, { specifier, name: original });
    }
  }

  #exportDeclaration(statement: ts.ExportDeclaration): void {
    const { exportClause, moduleSpecifier } = statement;
    if (statement.isTypeOnly) return;
    const specifier =
      moduleSpecifier && ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : undefined;
    if (!exportClause) {
      if (specifier !== undefined) this.stars.push(specifier);
    } else if (ts.isNamespaceExport(exportClause))
      this.#add(exportClause.name.text, exportClause.name, undefined);
    else {
      for (const { isTypeOnly, name, propertyName } of exportClause.elements) {
        if (isTypeOnly) continue;
        const original = (propertyName ?? name).text;
        if (specifier === undefined) this.#addLocal(name.text, original, name);
        else this.#add(name.text, name, undefined, { specifier, name: original });
      }
    }
  }

  #exportAssignment({ expression, isExportEquals }: ts.ExportAssignment): void {
    if (isExportEquals) this.#wholeExport(expression);
    else if (ts.isIdentifier(expression)) this.#addLocal('default', expression.text, expression);
    else this.#add('default', expression, expression);
  }

  #exportedStatement(statement: ts.Statement): void {
    if (ts.isVariableStatement(statement)) {
      for (const { name } of statement.declarationList.declarations) {
        for (const each of boundNames(name)) this.#addLocal(each.text, each.text, each);
      }
      return;
    }
    const name = isNamedDeclaration(statement) ? statement.name : undefined;
    const isDefault = hasModifier(statement, ts.SyntaxKind.DefaultKeyword);
    const exported = isDefault ? 'default' : name?.text;
    if (exported !== undefined) this.#add(exported, name ?? statement, statement);
  }

  /** `exports.a = exports.b = value`, `module.exports = value`, and what compilers write. */
  #expression(expression: ts.Expression): void {
    const node = unwrap(expression);
    if (ts.isCallExpression(node)) this.#definedProperty(node);
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken) {
      // esbuild writes `0 && (module.exports = { ... })` for Node.js to find the names.
      this.#expression(node.right);
    }
    if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return;
    const value = lastAssigned(node);
    for (let at: ts.Node = node; isAssignment(at); at = unwrap(at.right)) this.#assigned(at.left, value);
  }

  #assigned(target: ts.Node, value: ts.Expression): void {
    const whole = moduleExports(target);
    if (whole) {
      this.#understood.add(whole);
      this.#wholeExport(value);
      return;
    }
    // `exports = module.exports = ...` changes nothing that a caller sees.
    if (ts.isIdentifier(target) && target.text === 'exports') this.#understood.add(target);
    const name = accessedName(target);
    const object = ts.isPropertyAccessExpression(target) || ts.isElementAccessExpression(target);
    const holder = object ? exportsObject(unwrap(target.expression)) : undefined;
    if (!holder || name === undefined) return;
    this.#understood.add(holder);
    if (name === '*') this.isOpen = true;
    // `exports.handler = void 0` is what TypeScript begins with.
    else if (!ts.isVoidExpression(value)) {
      const at = ts.isPropertyAccessExpression(target) ? target.name : target;
      if (ts.isIdentifier(value)) this.#addLocal(name, value.text, at);
      else this.#add(name, at, value);
    }
  }

  /** `Object.defineProperty(exports, 'name', ...)` */
  #definedProperty({ expression, arguments: [target, name] }: ts.CallExpression): void {
    if (accessedName(expression) !== 'defineProperty' || !target || !name) return;
    const holder = exportsObject(unwrap(target));
    if (!holder || !ts.isStringLiteralLike(name)) return;
    this.#understood.add(holder);
    if (name.text !== '__esModule') this.#add(name.text, name, undefined);
  }

  #wholeExport(expression: ts.Expression): void {
    const value = unwrap(expression);
    if (!ts.isObjectLiteralExpression(value)) {
      this.isOpen = true;
      return;
    }
    for (const property of value.properties) {
      const name = staticName(property.name);
      if (name === undefined || !property.name) this.isOpen = true;
      else if (ts.isShorthandPropertyAssignment(property)) this.#addLocal(name, name, property.name);
      else {
        const initializer = ts.isPropertyAssignment(property) ? unwrap(property.initializer) : property;
        if (ts.isIdentifier(initializer)) this.#addLocal(name, initializer.text, property.name);
        else this.#add(name, property.name, initializer);
      }
    }
  }

  #addLocal(name: string, local: string, at: ts.Node): void {
    const imported = this.#imported.get(local);
    const declared = this.#declared.get(local);
    if (imported) this.#add(name, at, undefined, imported);
    else this.#add(name, declared?.name ?? at, declared?.value);
  }

  #add(name: string, at: ts.Node, value: ts.Node | undefined, from?: ExportedName['from']): void {
    // Where a name is assigned several times, the first value that can be called is the one to point at.
    if (this.names.get(name)?.isCallable) return;
    this.names.set(name, {
      start: at.getStart(this.#source),
      end: at.kind === ts.SyntaxKind.Identifier ? at.end : Math.min(at.end, endOfLine(this.#source, at)),
      isCallable: value === undefined || isCallable(unwrap(value)),
      ...(from && { from }),
    });
  }
}

function isCallable(value: ts.Node): boolean {
  if (ts.isCallExpression(value)) return loadedSpecifier(value) === undefined;
  return !(
    ts.isLiteralExpression(value) ||
    ts.isTemplateExpression(value) ||
    ts.isObjectLiteralExpression(value) ||
    ts.isArrayLiteralExpression(value) ||
    ts.isPrefixUnaryExpression(value) ||
    ts.isNewExpression(value) ||
    ts.isClassLike(value) ||
    ts.isEnumDeclaration(value) ||
    ts.isModuleDeclaration(value) ||
    value.kind === ts.SyntaxKind.TrueKeyword ||
    value.kind === ts.SyntaxKind.FalseKeyword ||
    value.kind === ts.SyntaxKind.NullKeyword
  );
}

function isNamedDeclaration(node: ts.Statement): node is ts.Statement & { readonly name: ts.Identifier } {
  return (
    (ts.isFunctionDeclaration(node) ||
      ts.isClassDeclaration(node) ||
      ts.isEnumDeclaration(node) ||
      ts.isModuleDeclaration(node)) &&
    node.name !== undefined &&
    ts.isIdentifier(node.name)
  );
}

function boundNames(name: ts.BindingName): readonly ts.Identifier[] {
  if (ts.isIdentifier(name)) return [name];
  return name.elements.flatMap(element => (ts.isBindingElement(element) ? boundNames(element.name) : []));
}

function isAssignment(node: ts.Node): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
}

function lastAssigned(node: ts.BinaryExpression): ts.Expression {
  let value = node.right;
  for (;;) {
    const inner = unwrap(value);
    if (!isAssignment(inner)) return inner as ts.Expression;
    value = inner.right;
  }
}

/** The name `exports` in `exports` or `module.exports`. */
function exportsObject(node: ts.Node): ts.Node | undefined {
  return ts.isIdentifier(node) && node.text === 'exports' ? node : moduleExports(node);
}

function moduleExports(node: ts.Node): ts.Node | undefined {
  const isWhole =
    ts.isPropertyAccessExpression(node) &&
    node.name.text === 'exports' &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === 'module';
  return isWhole ? node.name : undefined;
}

function endOfLine(source: ts.SourceFile, node: ts.Node): number {
  const end = source.text.indexOf('\n', node.getStart(source));
  return end < 0 ? source.text.length : end;
}
