import { ts } from 'ts-morph';
import { loadParts } from '../fixes/loadParts.ts';
import type { FileFacts } from '../phases/model.ts';
import { unwrap } from '../syntax.ts';
import { defineRule } from './rule.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/best-practices.html#function-code */
export const heavyImport = defineRule({
  name: 'heavy-import',
  severity: 'info',
  title: 'A whole package is loaded where a part of it would do',
  messages: {
    sdk: "'aws-sdk' is version 2: it loads every service, has reached its end of support, and the runtimes from Node.js 18 on do not contain it. Use the clients of version 3, for example '@aws-sdk/client-s3'.",
    service:
      '{name} brings every operation of the service with it, also those that are never used. Use {client} with the commands that are needed, so that bundling leaves the others out.',
    parts: "'{name}' is loaded as a whole, on every cold start. Load what is used: '{part}'.",
  },
  check({ file }, report) {
    for (const unit of file.units) {
      for (const { specifier, node } of unit.loads) {
        const target = specifierOf(node) ?? node;
        if (specifier === 'aws-sdk' || specifier.startsWith('aws-sdk/'))
          report({ node: target, message: 'sdk', severity: 'warning', tag: 'deprecated' });
        for (const { node: name, client } of aggregated(node, specifier, file)) {
          report({ node: name, message: 'service', data: { name: name.text, client } });
        }
        const part = parts[specifier];
        if (part)
          report({
            node: target,
            message: 'parts',
            data: { name: specifier, part },
            fix: specifier === 'lodash' ? loadParts(node, specifier, file) : undefined,
          });
      }
    }
  },
});

/** Packages of many parts, each of which can be loaded by itself, with an example. */
const parts: Readonly<Record<string, string>> = {
  lodash: 'lodash/groupBy',
  googleapis: '@googleapis/drive',
};

function specifierOf(node: ts.Node): ts.Node | undefined {
  return (node as Partial<ts.ImportDeclaration>).moduleSpecifier;
}

/** `import { S3 } from '@aws-sdk/client-s3'`, of which the file makes an object: the client with all operations. */
function* aggregated(
  load: ts.Node,
  specifier: string,
  { units, source }: FileFacts,
): Generator<{ readonly node: ts.Identifier; readonly client: string }> {
  if (!/^@aws-sdk\/client-/.test(specifier) || !ts.isImportDeclaration(load)) return;
  const named = load.importClause?.namedBindings;
  for (const element of named && ts.isNamedImports(named) ? named.elements : []) {
    const exported = (element.propertyName ?? element.name).text;
    if (element.isTypeOnly || !/^[A-Z]\w*$/.test(exported) || /(Client|Command|Exception)$/.test(exported))
      continue;
    const isMade = units.some(({ calls }) =>
      calls.some(
        ({ node }) =>
          ts.isNewExpression(node) && unwrap(node.expression).getText(source) === element.name.text,
      ),
    );
    if (isMade) yield { node: element.name, client: `${exported}Client` };
  }
}
