import { dirname } from 'node:path';
import { buildAt, type NodeBuilder } from '../document/build.ts';
import {
  createDocument,
  type DocNode,
  descendant,
  type MapEntry,
  type MapNode,
  textOf,
} from '../document/sourceDocument.ts';
import type { Construct } from './constructs.ts';

/** A template with the functions that the sources construct, for an application that was not synthesized. */
export function templateOf(file: string, constructs: readonly Construct[]): DocNode {
  const build = buildAt({ document: createDocument(file, ''), start: 0, end: 0 });
  const entries = new Map<string, MapEntry>();
  for (const construct of constructs) {
    const own = buildAt(construct.place);
    entries.set(logicalIdOf(construct.id, entries), {
      key: own.scalar(construct.id),
      value: functionOf(construct, own),
    });
  }
  return build.map({ Resources: { ...build.map({}), entries } satisfies MapNode });
}

/** Logical ids are letters and digits; two constructs of one id are in different stacks. */
function logicalIdOf(id: string, taken: ReadonlyMap<string, unknown>): string {
  const letters = id.replace(/[^0-9A-Za-z]/g, '');
  for (let count = 1; ; count += 1) {
    const candidate = count === 1 ? letters : `${letters}${count}`;
    if (!taken.has(candidate)) return candidate;
  }
}

/** https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_lambda_nodejs-readme.html */
function functionOf(construct: Construct, build: NodeBuilder): DocNode {
  const own = (name: string) => descendant(construct.options, name);
  const isBundled = construct.className === 'NodejsFunction';
  const isPython = construct.className === 'PythonFunction';
  const handler = own('handler') ?? (isBundled ? build.scalar('handler') : undefined);
  const environment = own('environment');
  return build.map({
    Type: 'AWS::Lambda::Function',
    Properties: build.map({
      FunctionName: own('functionName'),
      Description: own('description'),
      Handler: isBundled
        ? bundledHandler(handler, build)
        : isPython
          ? pythonHandler(construct, build)
          : handler,
      PackageType: construct.className === 'DockerImageFunction' ? 'Image' : undefined,
      Runtime: own('runtime') ?? (isBundled ? 'nodejs22.x' : undefined),
      Timeout: own('timeout'),
      MemorySize: own('memorySize'),
      Code: codeOf(construct, build),
      Environment: environment && build.map({ Variables: environment }),
      Architectures: own('architecture') && build.seq([own('architecture') as DocNode]),
      EphemeralStorage: own('ephemeralStorageSize') && build.map({ Size: own('ephemeralStorageSize') }),
      ReservedConcurrentExecutions: own('reservedConcurrentExecutions'),
      TracingConfig: own('tracing') && build.map({ Mode: own('tracing') }),
    }),
    Metadata: build.map({
      'aws:cdk:path': `App/${construct.id}/Resource`,
      ...(isBundled && bundlingOf(construct)),
    }),
  });
}

/** The bundle is `index.js`, whatever the entry is called. */
function bundledHandler(handler: DocNode | undefined, build: NodeBuilder): DocNode | undefined {
  if (handler?.kind !== 'scalar' || handler.placeholders) return handler;
  const name = String(handler.value);
  return name.includes('.')
    ? handler
    : { ...build.scalar(`index.${name}`), start: handler.start, end: handler.end };
}

/** https://docs.aws.amazon.com/cdk/api/v2/docs/@aws-cdk_aws-lambda-python-alpha.PythonFunction.html */
function pythonHandler({ options }: Construct, build: NodeBuilder): DocNode {
  const module = textOf(descendant(options, 'index'))?.replace(/\.py$/, '') ?? 'index';
  return build.scalar(`${module}.${textOf(descendant(options, 'handler')) ?? 'handler'}`);
}

function codeOf(construct: Construct, build: NodeBuilder): DocNode {
  const code = descendant(construct.options, 'code');
  const inline = descendant(code, 'inline');
  if (inline) return build.map({ ZipFile: inline });
  const isPython = construct.className === 'PythonFunction';
  const asset = descendant(code, 'asset') ?? (isPython ? descendant(construct.options, 'entry') : undefined);
  // Code that is not known is not beside the program either.
  return asset ?? code ?? build.scalar(dirname(construct.range.file));
}

function bundlingOf({ options, place }: Construct): Readonly<Record<string, DocNode | string>> {
  const own = (name: string) => descendant(options, 'bundling', name);
  const properties = buildAt(place).map({
    Minify: own('minify'),
    Sourcemap: own('sourceMap'),
    Target: own('target'),
    External: own('externalModules'),
  });
  return { BuildMethod: 'esbuild', BuildProperties: properties };
}
