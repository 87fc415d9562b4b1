import type { TriggerKind } from '../../model/trigger.ts';
import type { SourceStyle } from './style.ts';

export interface NewHandler {
  readonly name: string;
  readonly language: 'typescript' | 'javascript' | 'python';
  /** CommonJS or ECMAScript module; of no meaning in Python. */
  readonly commonJs: boolean;
  readonly trigger: TriggerKind | undefined;
  readonly style: SourceStyle;
}

/** The source of a handler that fails until it is written. */
export interface HandlerSource {
  /** The types of aws-lambda that it needs. */
  readonly types: readonly string[];
  readonly code: string;
}

/** Undefined where no function can be exported by that name. */
export function writeHandler(handler: NewHandler): HandlerSource | undefined {
  if (handler.language === 'python') return python(handler.name);
  const isName = /^[A-Za-z_$][\w$]*$/.test(handler.name) && !reserved.has(handler.name);
  return isName ? script(handler) : undefined;
}

/** What Lambda passes and takes back, as the package aws-lambda calls it. */
const types: Readonly<Partial<Record<TriggerKind, { readonly event: string; readonly result?: string }>>> = {
  restApi: { event: 'APIGatewayProxyEvent', result: 'APIGatewayProxyResult' },
  httpApi: { event: 'APIGatewayProxyEventV2', result: 'APIGatewayProxyStructuredResultV2' },
  webSocket: { event: 'APIGatewayProxyWebsocketEventV2', result: 'APIGatewayProxyResultV2' },
  functionUrl: { event: 'LambdaFunctionURLEvent', result: 'LambdaFunctionURLResult' },
  loadBalancer: { event: 'ALBEvent', result: 'ALBResult' },
  s3: { event: 'S3Event' },
  sns: { event: 'SNSEvent' },
  schedule: { event: 'ScheduledEvent' },
  sqs: { event: 'SQSEvent', result: 'SQSBatchResponse' },
  kinesis: { event: 'KinesisStreamEvent', result: 'KinesisStreamBatchResponse' },
  dynamodb: { event: 'DynamoDBStreamEvent', result: 'DynamoDBBatchResponse' },
  kafka: { event: 'MSKEvent' },
  logs: { event: 'CloudWatchLogsEvent' },
};

function script({ name, language, commonJs, trigger, style }: NewHandler): HandlerSource {
  const { quote, semicolon, indent } = style;
  const end = semicolon ? ';' : '';
  const isTyped = language === 'typescript';
  const known = isTyped && style.lambdaTypes ? types[trigger ?? 'other'] : undefined;
  const imported = known ? [known.event, ...(known.result === undefined ? [] : [known.result])] : [];
  const event = isTyped ? `event: ${known?.event ?? 'unknown'}` : 'event';
  const result = isTyped ? `: Promise<${known ? (known.result ?? 'void') : 'unknown'}>` : '';
  const parameters = !isTyped && style.bareParameter && !style.declaration ? event : `(${event})`;
  const body = `{\n${indent}throw new Error(${quote}${name} is not implemented yet${quote})${end}\n}`;
  const isCommonJs = commonJs && !isTyped;
  let code: string;
  if (style.declaration) {
    code = `${isCommonJs ? '' : 'export '}async function ${name}${parameters}${result} ${body}\n`;
    if (isCommonJs) code += `\nexports.${name} = ${name}${end}\n`;
  } else {
    const target = isCommonJs ? `exports.${name}` : `export const ${name}`;
    code = `${target} = async ${parameters}${result} => ${body}${end}\n`;
  }
  return { types: imported, code };
}

/** A line that imports types of aws-lambda; nothing where there are none. */
export function writeTypeImport(names: readonly string[], { quote, semicolon }: SourceStyle): string {
  if (names.length === 0) return '';
  return `import type { ${names.join(', ')} } from ${quote}aws-lambda${quote}${semicolon ? ';' : ''}\n`;
}

function python(name: string): HandlerSource | undefined {
  if (!/^[A-Za-z_]\w*$/.test(name)) return undefined;
  return {
    types: [],
    code: `def ${name}(event, context):\n    raise NotImplementedError("${name} is not implemented yet")\n`,
  };
}

/** Words that no constant can be called by. */
const reserved = new Set(
  'await break case catch class const continue debugger default delete do else enum export extends false finally for function if import in instanceof new null return super switch this throw true try typeof var void while with yield'.split(
    ' ',
  ),
);
