import assert from 'node:assert/strict';
import { join } from 'node:path';
import ts from 'typescript';
import { writeHandler, writeTypeImport } from '../../../src/analyzer/templates/newHandler.ts';
import { styleOf } from '../../../src/analyzer/templates/style.ts';
import type { TriggerKind } from '../../../src/model/trigger.ts';

const kinds: readonly TriggerKind[] = [
  'restApi',
  'httpApi',
  'webSocket',
  'functionUrl',
  'authorizer',
  'loadBalancer',
  's3',
  'sns',
  'eventBridge',
  'schedule',
  'sqs',
  'kinesis',
  'dynamodb',
  'kafka',
  'mq',
  'documentdb',
  'logs',
  'cognito',
  'iot',
  'alexa',
  'other',
];

suite('a new handler', () => {
  test('compiles, whatever invokes it', () => {
    const style = styleOf(["import type { Handler } from 'aws-lambda';"]);
    const folder = import.meta.dirname;
    const sources = new Map(
      kinds.map(trigger => {
        const request = { name: 'handler', language: 'typescript', commonJs: false, trigger, style } as const;
        const source = writeHandler(request);
        assert.ok(source);
        return [join(folder, `new-${trigger}.ts`), writeTypeImport(source.types, style) + source.code];
      }),
    );
    const options: ts.CompilerOptions = {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      types: [],
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
    };
    const host = ts.createCompilerHost(options);
    const program = ts.createProgram([...sources.keys()], options, {
      ...host,
      fileExists: file => sources.has(file) || host.fileExists(file),
      readFile: file => sources.get(file) ?? host.readFile(file),
      getSourceFile: (file, ...rest) => {
        const text = sources.get(file);
        const [version] = rest;
        return text === undefined
          ? host.getSourceFile(file, ...rest)
          : ts.createSourceFile(file, text, version);
      },
    });
    const errors = ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
      return `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
    assert.deepEqual(errors, []);
  });
});
