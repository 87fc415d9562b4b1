import type { ts } from 'ts-morph';
import { loadParts } from '../fixes/loadParts.ts';
import { defineRule } from './rule.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/best-practices.html#function-code */
export const heavyImport = defineRule({
  name: 'heavy-import',
  severity: 'info',
  title: 'A whole package is loaded where a part of it would do',
  messages: {
    sdk: "'aws-sdk' is version 2: it loads every service, has reached its end of support, and the runtimes from Node.js 18 on do not contain it. Use the clients of version 3, for example '@aws-sdk/client-s3'.",
    parts: "'{name}' is loaded as a whole, on every cold start. Load what is used: '{part}'.",
  },
  check({ file }, report) {
    for (const unit of file.units) {
      for (const { specifier, node } of unit.loads) {
        const target = specifierOf(node) ?? node;
        if (specifier === 'aws-sdk')
          report({ node: target, message: 'sdk', severity: 'warning', tag: 'deprecated' });
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
