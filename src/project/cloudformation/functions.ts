import { dirname, resolve } from 'node:path';
import type { BundlingOptions, FunctionDefinition } from '../../model/functionDefinition.ts';
import { findEntryFile } from '../code/entryFile.ts';
import { type DocNode, descendant, rangeOf } from '../document/sourceDocument.ts';
import type { ProjectFiles } from '../files.ts';
import { evaluate } from '../intrinsics/evaluate.ts';
import {
  booleanOf,
  entries,
  isUnresolved,
  numberOf,
  property,
  text,
  texts,
  type Value,
  whereIs,
} from '../intrinsics/value.ts';
import { withGlobals } from '../sam/globals.ts';
import type { Resource, Template } from './template.ts';

/** The functions of a template, in its order. */
export async function readFunctions(
  file: string,
  template: Template,
  files: ProjectFiles,
): Promise<readonly FunctionDefinition[]> {
  const functions: FunctionDefinition[] = [];
  for (const resource of template.resources.values()) {
    if (!functionTypes.has(resource.type)) continue;
    const definition = await readFunction(file, template, resource, files);
    if (definition) functions.push(definition);
  }
  return functions;
}

const functionTypes = new Set(['AWS::Serverless::Function', 'AWS::Lambda::Function']);

async function readFunction(
  file: string,
  template: Template,
  resource: Resource,
  files: ProjectFiles,
): Promise<FunctionDefinition | undefined> {
  const { scope } = template;
  const isSam = resource.type === 'AWS::Serverless::Function';
  const written = descendant(resource.node, 'Properties');
  const node = isSam ? withGlobals(template.root, 'Function', written) : written;
  const properties = node && evaluate(node, scope);
  const { logicalId } = resource;
  if (text(property(properties, 'PackageType')) === 'Image') {
    scope.problems.warning(
      `${logicalId} is a container image, which Lambda Lens does not run. Use PackageType Zip to see it here.`,
      rangeOf(resource.place),
    );
    return undefined;
  }
  const handler = text(property(properties, 'Handler'));
  const runtime = text(property(properties, 'Runtime'));
  if (handler === undefined || runtime === undefined) {
    const missing = handler === undefined ? 'Handler' : 'Runtime';
    scope.problems.error(
      `${logicalId} has no ${missing}. Add it${isSam ? ' here or under Globals' : ''}.`,
      rangeOf(resource.place),
    );
    return undefined;
  }
  const codeDirectory = codeFolder(
    file,
    resource,
    property(properties, isSam ? 'CodeUri' : 'Code'),
    template,
  );
  const bundling = readBundling(descendant(resource.node, 'Metadata'), template);
  const entryFile = await findEntryFile(
    { codeDirectory, handler, runtime, entryPoints: bundling?.entryPoints ?? [] },
    files,
  );
  const roleArn = executionRole(resource, property(properties, 'Role'), template);
  return {
    name: text(property(properties, 'FunctionName')) ?? logicalId,
    logicalId,
    runtime,
    handler,
    codeDirectory,
    ...(entryFile !== undefined && { entryFile }),
    ...(bundling && { bundling }),
    timeoutSeconds: numberIn(property(properties, 'Timeout'), 'Timeout', 1, 900, 3, template),
    memorySizeMb: numberIn(property(properties, 'MemorySize'), 'MemorySize', 128, 10_240, 128, template),
    environment: Object.fromEntries(
      entries(property(properties, 'Environment', 'Variables')).map(([name, value]) => [
        name,
        text(value) ?? '',
      ]),
    ),
    ...(roleArn !== undefined && { roleArn }),
    definedAt: rangeOf(resource.place),
  };
}

/** Code is relative to the template's folder, as `sam build` and `aws cloudformation package` take it. */
function codeFolder(file: string, resource: Resource, code: Value | undefined, template: Template): string {
  const folder = dirname(file);
  if (!code) return folder;
  const path = text(code);
  if (path === undefined || path.startsWith('s3://') || isUnresolved(code)) {
    template.scope.problems.info(
      `The code of ${resource.logicalId} is not in this workspace. It shows, but cannot be invoked here.`,
      whereIs(code),
    );
    return folder;
  }
  return resolve(folder, path);
}

/** SAM gives a function without a role one of its own. */
function executionRole(resource: Resource, role: Value | undefined, template: Template): string | undefined {
  const arn = text(role);
  if (role && (arn === undefined || isUnresolved(role))) return undefined;
  if (arn !== undefined) return arn;
  if (resource.type !== 'AWS::Serverless::Function') return undefined;
  const account = template.scope.ref('AWS::AccountId', resource.place);
  return `arn:aws:iam::${text(account)}:role/${resource.logicalId}Role`;
}

/** https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-sam-cli-using-build-typescript.html */
function readBundling(metadata: DocNode | undefined, template: Template): BundlingOptions | undefined {
  const options = metadata && evaluate(metadata, template.scope);
  if (text(property(options, 'BuildMethod')) !== 'esbuild') return undefined;
  const given = (name: string) => property(options, 'BuildProperties', name);
  const format = text(given('Format'));
  const target = text(given('Target'));
  const minify = booleanOf(given('Minify'));
  const sourcemap = booleanOf(given('Sourcemap'));
  return {
    ...(given('EntryPoints') && { entryPoints: texts(given('EntryPoints')) }),
    ...(given('External') && { external: texts(given('External')) }),
    ...((format === 'cjs' || format === 'esm') && { format }),
    ...(target !== undefined && { target }),
    ...(minify !== undefined && { minify }),
    ...(sourcemap !== undefined && { sourcemap }),
  };
}

function numberIn(
  value: Value | undefined,
  name: string,
  least: number,
  most: number,
  fallback: number,
  template: Template,
): number {
  if (!value || isUnresolved(value)) return fallback;
  const written = numberOf(value);
  if (written !== undefined && written >= least && written <= most) return written;
  template.scope.problems.error(
    `${name} has to be a number from ${least} to ${most}. Lambda's default of ${fallback} is used until then.`,
    whereIs(value),
  );
  return fallback;
}
