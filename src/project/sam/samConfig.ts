import { basename, dirname, join } from 'node:path';
import { parseToml } from '../document/parseToml.ts';
import { parseYaml } from '../document/parseYaml.ts';
import { type DocNode, descendant, rangeOf, textOf } from '../document/sourceDocument.ts';
import type { ProjectFiles } from '../files.ts';
import { scalar, type Value } from '../intrinsics/value.ts';
import type { Problems } from '../problems.ts';

/** What a template is deployed with, as files beside it say. */
export interface DeploymentConfig {
  /** Absent where nothing names the stack. */
  readonly stackName?: string;
  readonly parameters: ReadonlyMap<string, Value>;
}

/**
 * Reads `samconfig.toml` (or .yaml), and a parameter file of CloudFormation's, which goes before it.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-sam-cli-config.html
 */
export async function readDeploymentConfig(
  template: string,
  files: ProjectFiles,
  problems: Problems,
): Promise<DeploymentConfig> {
  const folder = dirname(template);
  const names = new Set((await files.list(folder)).map(entry => entry.name));
  const config = await readFirst(
    folder,
    ['samconfig.toml', 'samconfig.yaml', 'samconfig.yml'],
    names,
    files,
    problems,
  );
  const stem = basename(template).replace(/\.[^.]+$/, '');
  const parameterFiles = [`${stem}.parameters.json`, 'parameters.json'];
  const parameterFile = await readFirst(folder, parameterFiles, names, files, problems);
  const fromConfig = config ? overridesOf(config, problems) : [];
  const fromFile = parameterFile ? parametersOf(parameterFile) : [];
  const stackName = config && textOf(setting(config, 'stack_name'));
  return {
    ...(stackName !== undefined && { stackName }),
    parameters: new Map([...fromConfig, ...fromFile]),
  };
}

async function readFirst(
  folder: string,
  candidates: readonly string[],
  names: ReadonlySet<string>,
  files: ProjectFiles,
  problems: Problems,
): Promise<DocNode | undefined> {
  const name = candidates.find(candidate => names.has(candidate));
  if (name === undefined) return undefined;
  const file = join(folder, name);
  const content = await files.read(file);
  if (content.kind !== 'text') return undefined;
  return name.endsWith('.toml')
    ? parseToml(file, content.text, problems)
    : parseYaml(file, content.text, problems);
}

/** A setting of the default environment: for the command that deploys, else for all of them. */
function setting(config: DocNode, name: string): DocNode | undefined {
  for (const command of ['deploy', 'global', 'local_invoke', 'build']) {
    const found = descendant(config, 'default', command, 'parameters', name);
    if (found) return found;
  }
  return undefined;
}

/** `"Stage=dev Name=\"two words\""`, a list of such parts, CloudFormation's long form, or a map. */
function overridesOf(config: DocNode, problems: Problems): readonly [string, Value][] {
  const overrides = setting(config, 'parameter_overrides');
  if (!overrides) return [];
  if (overrides.kind === 'map') {
    return [...overrides.entries].flatMap(([name, { value }]) =>
      value.kind === 'scalar' ? [[name, scalar(value.value, value)] as [string, Value]] : [],
    );
  }
  const parts = overrides.kind === 'seq' ? overrides.items : [overrides];
  const found: [string, Value][] = [];
  for (const part of parts) {
    const written = textOf(part);
    if (written === undefined) continue;
    const pairs = [...written.matchAll(pairPattern)];
    if (pairs.length === 0 && written.trim() !== '') {
      problems.warning('Parameters are written as Name=Value here.', rangeOf(part));
    }
    for (const match of pairs) {
      const name = match[1] ?? match[3] ?? '';
      found.push([name, scalar(unquote(match[2] ?? match[4] ?? ''), part)]);
    }
  }
  return found;
}

const quoted = `"(?:[^"\\\\]|\\\\.)*"|'[^']*'`;
const pairPattern = new RegExp(
  `ParameterKey=([\\w.]+),ParameterValue=(${quoted}|\\S*)|([\\w.]+)=(${quoted}|\\S*)`,
  'g',
);

function unquote(written: string): string {
  if (/^'.*'$/s.test(written)) return written.slice(1, -1);
  return /^".*"$/s.test(written) ? written.slice(1, -1).replace(/\\(.)/g, '$1') : written;
}

/** `[{ ParameterKey, ParameterValue }]`, or CodePipeline's `{ Parameters: { Name: Value } }`. */
function parametersOf(root: DocNode): readonly [string, Value][] {
  const found: [string, Value][] = [];
  if (root.kind === 'seq') {
    for (const item of root.items) {
      const name = textOf(descendant(item, 'ParameterKey'));
      const value = descendant(item, 'ParameterValue');
      if (name !== undefined && value?.kind === 'scalar') found.push([name, scalar(value.value, value)]);
    }
  }
  const map = descendant(root, 'Parameters');
  if (map?.kind === 'map') {
    for (const [name, { value }] of map.entries) {
      if (value.kind === 'scalar') found.push([name, scalar(value.value, value)]);
    }
  }
  return found;
}
