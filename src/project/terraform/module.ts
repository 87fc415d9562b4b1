import { join } from 'node:path';
import { type HclBlock, parseHcl } from '../document/parseHcl.ts';
import type { DocNode } from '../document/sourceDocument.ts';
import { descendant, textOf } from '../document/sourceDocument.ts';
import type { ProjectFiles } from '../files.ts';
import type { Problems } from '../problems.ts';

/** The blocks of a module's files, and the modules that it calls. */
export interface Module {
  /** Absolute path. */
  readonly folder: string;
  /** `module.network.` for what the root calls so; empty for the root. */
  readonly prefix: string;
  readonly files: readonly string[];
  readonly resources: readonly HclBlock[];
  /** Expressions by address: `var.stage`, `local.name`, `data.aws_region.current`, `output.url`. */
  readonly values: ReadonlyMap<string, DocNode>;
  readonly children: ReadonlyMap<string, Module>;
  /** What the caller gives to the module's variables; the caller resolves it. */
  readonly given: DocNode | undefined;
  readonly parent: Module | undefined;
}

interface Caller {
  readonly prefix: string;
  readonly given: DocNode | undefined;
  readonly parent: Module | undefined;
  /** The folders that lead here, so that no module calls itself. */
  readonly within: readonly string[];
}

/** Reads the configuration of a folder, with the local modules that it calls; undefined where a file is broken. */
export async function readModule(
  folder: string,
  files: ProjectFiles,
  problems: Problems,
  caller: Caller = { prefix: '', given: undefined, parent: undefined, within: [] },
): Promise<Module | undefined> {
  const names = (await files.list(folder)).filter(entry => entry.kind === 'file').map(entry => entry.name);
  const read: string[] = [];
  const blocks: HclBlock[] = [];
  for (const name of names.filter(name => name.endsWith('.tf')).sort()) {
    const file = join(folder, name);
    const parsed = await parseFile(file, files, problems);
    if (!parsed) return undefined;
    read.push(file);
    blocks.push(...parsed);
  }
  const values = valuesOf(blocks);
  if (!caller.parent) await addVariableFiles(folder, names, values, files, problems);
  const children = new Map<string, Module>();
  const module: Module = {
    ...caller,
    folder,
    files: read,
    resources: blocks.filter(block => block.type === 'resource'),
    values,
    children,
  };
  for (const { type, labels, body } of blocks) {
    const source = textOf(descendant(body, 'source'));
    const [name] = labels;
    if (type !== 'module' || name === undefined || !source?.startsWith('.')) continue;
    const path = join(folder, source);
    if (caller.within.includes(path) || path === folder) continue;
    const child = await readModule(path, files, problems, {
      prefix: `${caller.prefix}module.${name}.`,
      given: body,
      parent: module,
      within: [...caller.within, folder],
    });
    if (child) children.set(name, child);
  }
  return module;
}

async function parseFile(
  file: string,
  files: ProjectFiles,
  problems: Problems,
): Promise<readonly HclBlock[] | undefined> {
  const content = await files.read(file);
  return content.kind === 'text' ? parseHcl(file, content.text, problems) : [];
}

function valuesOf(blocks: readonly HclBlock[]): Map<string, DocNode> {
  const values = new Map<string, DocNode>();
  for (const { type, labels, body } of blocks) {
    if (type === 'locals') {
      for (const [name, { value }] of body.entries) values.set(`local.${name}`, value);
    } else if (type === 'variable' || type === 'output') {
      const value = descendant(body, type === 'variable' ? 'default' : 'value');
      if (value) values.set(`${type === 'variable' ? 'var' : type}.${labels[0]}`, value);
    } else if (type === 'data') values.set(`data.${labels.join('.')}`, body);
  }
  return values;
}

/** https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence */
async function addVariableFiles(
  folder: string,
  names: readonly string[],
  values: Map<string, DocNode>,
  files: ProjectFiles,
  problems: Problems,
): Promise<void> {
  const automatic = names.filter(name => name.endsWith('.auto.tfvars')).sort();
  for (const name of ['terraform.tfvars', ...automatic]) {
    if (!names.includes(name)) continue;
    for (const { type, body } of (await parseFile(join(folder, name), files, problems)) ?? []) {
      if (type !== '') continue;
      for (const [key, { value }] of body.entries) values.set(`var.${key}`, value);
    }
  }
}
