import { ts } from 'ts-morph';
import type { Fix } from '../../model/finding.ts';
import { wrap } from '../fixes/wrap.ts';
import type { Scope, Unit } from '../phases/model.ts';
import { staticName, unwrap } from '../syntax.ts';
import { localSource } from './eventTexts.ts';
import { signatureOf, triggersOf } from './invocations.ts';
import { rootName } from './loops.ts';
import { defineRule, type ReachedCode } from './rule.ts';

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
    missing:
      'A REST API and a load balancer answer 502 to a result without statusCode. Return statusCode and body.',
    unknown:
      'A REST API answers 502 to a result with {name}: it knows statusCode, headers, multiValueHeaders, body and isBase64Encoded. Put it into the body.',
    headers: 'The value of a header must be a text, a number or a boolean, not {kind}.',
  },
  check(code, report) {
    const handlers = code.inspection.handlers.filter(handler => code.filesOf(handler).includes(code.file));
    const units = new Set(handlers.flatMap(handler => code.functionsOf(handler)));
    const told = new Set<ts.Node>();
    const strict = new Map(strictUnits(code));
    const responses = [...units].flatMap(unit => {
      const names = strict.get(unit);
      return unit.returns.flatMap(({ expression, scope }) =>
        responsesOf(expression, scope, code).map(response => ({ response, names })),
      );
    });
    for (const { response, names } of responses) {
      if (response.getSourceFile() !== code.file.source || told.has(response)) continue;
      told.add(response);
      if (names && lacksStatus(response)) report({ node: response, message: 'missing' });
      if (names && ts.isObjectLiteralExpression(response) && propertyOf(response, 'statusCode')) {
        const other = response.properties.find(({ name }) => name && !names.test(staticName(name) ?? 'body'));
        const name = staticName(other?.name);
        if (other?.name && name) report({ node: other.name, message: 'unknown', data: { name } });
      }
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
  },
});

/**
 * The functions whose results a REST API or a load balancer takes, which infer nothing, with the names that a result
 * may have: by what the project says, else by their types.
 */
function* strictUnits(code: ReachedCode): Generator<readonly [Unit, RegExp]> {
  for (const handler of code.inspection.handlers) {
    if (handler.file !== code.file || handler.via === 'middy') continue;
    const kinds = triggersOf(handler, code).map(({ kind }) => kind);
    for (const unit of code.functionsOf(handler)) {
      const types = kinds.length > 0 ? '' : signatureOf(unit);
      const isRest = kinds.every(kind => kind === 'restApi') && kinds.length > 0;
      const isBalanced = kinds.every(kind => kind === 'loadBalancer') && kinds.length > 0;
      if (isRest || /\bAPIGatewayProxy(Event|Handler)\b/.test(types)) {
        yield [unit, /^(statusCode|headers|multiValueHeaders|body|isBase64Encoded)$/];
      } else if (isBalanced || /\bALB(Event|Handler)\b/.test(types)) {
        yield [unit, /^(statusCode|statusDescription|headers|multiValueHeaders|body|isBase64Encoded)$/];
      }
    }
  }
}

/** A text, a number, or an object that is written out without it. */
function lacksStatus(response: ts.Node): boolean {
  if (ts.isStringLiteralLike(response) || ts.isNumericLiteral(response)) return true;
  if (ts.isTemplateExpression(response) || ts.isArrayLiteralExpression(response)) return true;
  if (!ts.isObjectLiteralExpression(response)) return false;
  return response.properties.every(
    property => !ts.isSpreadAssignment(property) && staticName(property.name) !== 'statusCode',
  );
}

function stringified(body: ts.Node): Fix {
  return wrap(body, ['JSON.stringify(', ')'], {
    title: 'Make a text of it: use JSON.stringify',
    isSafe: false,
  });
}

/** What is returned, also by a function of the project, or behind a local name unless more is done to it there. */
function responsesOf(expression: ts.Node, scope: Scope, code: ReachedCode): readonly ts.Node[] {
  const value = unwrap(expression);
  if (ts.isCallExpression(value)) {
    const made = code.evaluate(value, scope);
    return made.flatMap(each =>
      each.tag === 'object' && ts.isObjectLiteralExpression(each.node) ? [each.node] : [],
    );
  }
  const source = localSource(value, scope);
  const changes = [...code.file.propertyAssignments.values()].flat();
  const isChanged = changes.some(({ target }) => rootName(target) === rootName(value));
  return [source && !isChanged ? unwrap(source.expression) : value];
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
