import { ts } from 'ts-morph';

/** The nodes of a file by their kinds, in the order of the text; types are left out. */
export class Nodes {
  readonly #byKind = new Map<ts.SyntaxKind, ts.Node[]>();

  constructor(source: ts.SourceFile) {
    const visit = (node: ts.Node): void => {
      const { kind } = node;
      if (kind >= FirstTypeNode && kind <= LastTypeNode) return;
      const known = this.#byKind.get(kind);
      if (known) known.push(node);
      else if (listed.has(kind)) this.#byKind.set(kind, [node]);
      ts.forEachChild(node, visit);
    };
    visit(source);
  }

  of(...kinds: readonly ListedKind[]): readonly ts.Node[] {
    const lists = kinds.map(kind => this.#byKind.get(ts.SyntaxKind[kind]) ?? []);
    return lists.length === 1
      ? (lists[0] ?? [])
      : lists.flat().sort((a, b) => a.pos - b.pos || b.end - a.end);
  }
}

const { FirstTypeNode, LastTypeNode } = ts.SyntaxKind;

const listedKinds = [
  'StringLiteral',
  'NoSubstitutionTemplateLiteral',
  'TemplateExpression',
  'PropertyAccessExpression',
  'ElementAccessExpression',
  'VariableDeclaration',
  'PrefixUnaryExpression',
  'PostfixUnaryExpression',
  'BinaryExpression',
  'DeleteExpression',
  'CallExpression',
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'WhileStatement',
  'DoStatement',
] as const;

type ListedKind = (typeof listedKinds)[number];

const listed: ReadonlySet<ts.SyntaxKind> = new Set(listedKinds.map(kind => ts.SyntaxKind[kind]));
