import { ts } from 'ts-morph';
import { lookup } from '../phases/scopes.ts';
import { staticName, unwrap } from '../syntax.ts';
import { defineRule } from './rule.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html */
export const fetchWithoutTimeout = defineRule({
  name: 'fetch-without-timeout',
  severity: 'info',
  title: 'A request that may wait longer than the function has time',
  messages: {
    forever:
      'Nothing ends this request before the function times out, which then fails without having told why. Pass signal: AbortSignal.timeout(...), shorter than the timeout of the function.',
  },
  check(code, report) {
    for (const { calls } of code.file.units) {
      for (const { node, scope } of calls) {
        if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) continue;
        if (node.expression.text !== 'fetch' || lookup(scope, 'fetch')) continue;
        const phase = code.phaseAt(node);
        if (phase === undefined || phase === 'init' || isRaced(node)) continue;
        const [address, options] = node.arguments;
        const isPlain = address !== undefined && isAddress(unwrap(address));
        if (isPlain && (!options || lacksSignal(unwrap(options)))) report({ node, message: 'forever' });
      }
    }
  },
});

/** Anything else may be a Request, which can have a signal of its own. */
function isAddress(value: ts.Node): boolean {
  if (ts.isNewExpression(value)) return ts.isIdentifier(value.expression) && value.expression.text === 'URL';
  if (ts.isBinaryExpression(value)) return value.operatorToken.kind === ts.SyntaxKind.PlusToken;
  return ts.isStringLiteralLike(value) || ts.isTemplateExpression(value);
}

function lacksSignal(options: ts.Node): boolean {
  if (!ts.isObjectLiteralExpression(options)) return false;
  return options.properties.every(
    property => !ts.isSpreadAssignment(property) && staticName(property.name) !== 'signal',
  );
}

/** Something else ends the wait: `Promise.race([fetch(url), timeout])`. */
function isRaced(node: ts.Node): boolean {
  for (let at = node.parent; at && !ts.isStatement(at); at = at.parent) {
    if (ts.isCallExpression(at) && /^Promise\.(race|any)$/.test(at.expression.getText())) return true;
  }
  return false;
}
