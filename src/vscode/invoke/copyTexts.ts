import path from 'node:path';
import type { FunctionDefinition } from '../../model/functionDefinition.ts';

/** An invocation that is to be made elsewhere. */
export interface CopiedInvocation {
  readonly definition: FunctionDefinition;
  /** A version or an alias. */
  readonly qualifier?: string;
  /** JSON. */
  readonly event: string;
  readonly endpoint: string;
  readonly region: string;
}

/** What it came to. */
export interface CopiedResult {
  /** JSON. */
  readonly payload: string;
  readonly isError: boolean;
}

/** For a shell that "Copy CLI Environment" was pasted into. https://docs.aws.amazon.com/cli/latest/reference/lambda/invoke.html */
export function awsCliText({ definition, qualifier, event, endpoint, region }: CopiedInvocation): string {
  return lines(
    `aws lambda invoke --function-name ${quoted(definition.name)}`,
    ...(qualifier === undefined ? [] : [`--qualifier ${quoted(qualifier)}`]),
    `--endpoint-url ${endpoint} --region ${region}`,
    `--cli-binary-format raw-in-base64-out --payload ${quoted(compact(event))}`,
    '/dev/stdout',
  );
}

/** The same without the AWS CLI, from curl 7.75 on. https://curl.se/docs/manpage.html#--aws-sigv4 */
export function curlText({ definition, qualifier, event, endpoint, region }: CopiedInvocation): string {
  const query = qualifier === undefined ? '' : `?Qualifier=${encodeURIComponent(qualifier)}`;
  const url = `${endpoint}/2015-03-31/functions/${encodeURIComponent(definition.name)}/invocations${query}`;
  return lines(
    `curl --aws-sigv4 "aws:amz:${region}:lambda" --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"`,
    `--header 'Content-Type: application/json' --data-binary ${quoted(compact(event))}`,
    quoted(url),
  );
}

/**
 * A test for Node's own test runner, to be saved beside the handler; mocha and vitest take it with their own `test`.
 * Undefined where the handler is no JavaScript or TypeScript.
 */
export function unitTestText(
  { definition, event }: CopiedInvocation,
  { payload, isError }: CopiedResult,
): string | undefined {
  const { entryFile, handler, name } = definition;
  if (entryFile === undefined || !/\.[cm]?[jt]s$/.test(entryFile)) return undefined;
  const base = path.posix.basename(handler);
  const exported = base.slice(base.indexOf('.') + 1);
  const [root = 'handler', ...members] = exported.split('.');
  const call = [root, ...members].join('.');
  const isTypeScript = /\.[cm]?ts$/.test(entryFile);
  const given = isTypeScript ? 'event as never, {} as never' : 'event, {}';
  const imported =
    root === 'default'
      ? `import handler from './${path.basename(entryFile)}';`
      : `import { ${root} } from './${path.basename(entryFile)}';`;
  const called = root === 'default' ? 'handler' : call;
  return [
    "import assert from 'node:assert/strict';",
    "import { test } from 'node:test';",
    imported,
    '',
    `const event = ${pretty(event)};`,
    '',
    `test('${name} ${isError ? 'fails' : 'answers'}', async () => {`,
    ...(isError
      ? [`  await assert.rejects(async () => ${called}(${given}), ${indented(expectedError(payload))});`]
      : [
          `  const result = await ${called}(${given});`,
          // As a caller gets it: without what JSON has no word for.
          `  assert.deepEqual(JSON.parse(JSON.stringify(result)), ${indented(pretty(payload))});`,
        ]),
    '});',
    '',
  ].join('\n');
}

function expectedError(payload: string): string {
  const { errorType = 'Error', errorMessage = '' } = parsed(payload) as {
    errorType?: string;
    errorMessage?: string;
  };
  return pretty(JSON.stringify({ name: errorType, message: errorMessage }));
}

function parsed(payload: string): object {
  const value: unknown = JSON.parse(payload);
  return typeof value === 'object' && value !== null ? value : {};
}

function lines(...parts: readonly string[]): string {
  return `${parts.join(' \\\n  ')}\n`;
}

function compact(json: string): string {
  return JSON.stringify(JSON.parse(json));
}

function pretty(json: string): string {
  return JSON.stringify(JSON.parse(json), undefined, 2);
}

function indented(text: string): string {
  return text.replaceAll('\n', '\n  ');
}

/** For POSIX shells. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
