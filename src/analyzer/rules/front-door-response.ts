import { ts } from 'ts-morph';
import type { Fix } from '../../model/finding.ts';
import { wrap } from '../fixes/wrap.ts';
import { staticName, unwrap } from '../syntax.ts';
import { defineRule } from './rule.ts';

/**
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-output-format
 */
export const frontDoorResponse = defineRule({
  name: 'front-door-response',
  severity: 'warning',
  title: 'A response that API Gateway, a function URL or a load balancer does not understand',
  messages: {
    body: 'The body of a response must be a text: a REST API answers 502 to {kind}. Use JSON.stringify.',
    status: 'The status code of a response must be a number: a REST API answers 502 to {kind}.',
    headers: 'The value of a header must be a text, a number or a boolean, not {kind}.',
  },
  check(code, report) {
    const units = code.inspection.handlers.flatMap(handler => code.functionsOf(handler));
    for (const unit of new Set(units)) {
      if (unit.path !== code.file.path) continue;
      for (const { expression } of unit.returns) {
        const response = unwrap(expression);
        if (!ts.isObjectLiteralExpression(response) || !propertyOf(response, 'statusCode')) continue;
        const body = propertyOf(response, 'body');
        const kind = body && kindOf(body);
        if (body && kind)
          report({
            node: body,
            message: 'body',
            data: { kind },
            fix: kind === 'a function' ? undefined : stringified(body),
          });
        const status = propertyOf(response, 'statusCode');
        if (status && isWord(status)) report({ node: status, message: 'status', data: { kind: 'a text' } });
        const headers = propertyOf(response, 'headers');
        if (!headers || !ts.isObjectLiteralExpression(headers)) continue;
        for (const property of headers.properties) {
          const value = ts.isPropertyAssignment(property) ? unwrap(property.initializer) : undefined;
          const of = value && kindOf(value);
          if (value && of) report({ node: value, message: 'headers', data: { kind: of } });
        }
      }
    }
  },
});

function stringified(body: ts.Node): Fix {
  return wrap(body, ['JSON.stringify(', ')'], {
    title: 'Make a text of it: use JSON.stringify',
    isSafe: false,
  });
}

/** The value of the property that comes last under this name; undefined where a spread may come after it. */
function propertyOf(object: ts.ObjectLiteralExpression, name: string): ts.Node | undefined {
  const last = object.properties.findLast(
    property => ts.isSpreadAssignment(property) || staticName(property.name) === name,
  );
  if (!last) return undefined;
  if (ts.isShorthandPropertyAssignment(last)) return last.name;
  return ts.isPropertyAssignment(last) ? unwrap(last.initializer) : undefined;
}

/** A text that is no number: Lambda's front doors take `'200'` as 200. */
function isWord(value: ts.Node): boolean {
  return ts.isStringLiteralLike(value) && !/^\d{3}$/.test(value.text);
}

/** Undefined for what may be a text. */
function kindOf(value: ts.Node): string | undefined {
  if (ts.isObjectLiteralExpression(value)) return 'an object';
  if (ts.isArrayLiteralExpression(value)) return 'an array';
  if (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) return 'a function';
  return undefined;
}
