import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { FunctionDefinition, ProjectModel } from '../../../src/model/functionDefinition.ts';
import type { VersionTarget } from '../../../src/model/versions.ts';
import { handlerExport } from '../../../src/project/code/entryFile.ts';
import { readProject } from '../../../src/project/readProject.ts';
import { memoryFiles } from '../../unit/project/support/memoryFiles.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const samples = join(root, 'samples');
const renditions = join(root, 'test', 'fixtures', 'project', 'four-dialects');

/**
 * The sample workspace in each dialect. `cdk.out` is what aws-cdk-lib 2.276.0 synthesized; the plan
 * is written in the form of `terraform show -json`, with the configuration that it belongs to beside it.
 */
const dialects: Readonly<Record<string, string>> = {
  serverless: 'serverless/serverless.yml',
  cdk: 'cdk/cdk.json',
  terraform: 'terraform/plan.json',
};

suite('the sample workspace in four dialects', () => {
  let sources: ReadonlyMap<string, string>;
  let expected: ReturnType<typeof comparable>;

  suiteSetup(async () => {
    const all = await textsIn(samples);
    sources = new Map([...all].filter(([path]) => /^(src|legacy)\//.test(path)));
    const template = all.get('template.yaml') ?? '';
    expected = comparable(await read(new Map([...sources, ['template.yaml', template]]), 'sam'));
  });

  for (const [dialect, file] of Object.entries(dialects)) {
    test(`${dialect} gives the same model as SAM, but for positions`, async () => {
      const written = await textsIn(join(renditions, file, '..'));
      assert.deepEqual(comparable(await read(new Map([...sources, ...written]), dialect)), expected);
    });
  }
});

async function read(texts: Map<string, string>, dialect: string): Promise<ProjectModel> {
  const model = await readProject('/project', memoryFiles(texts));
  assert.deepEqual(model.problems, []);
  assert.deepEqual(
    model.stacks?.map(stack => stack.dialect),
    [dialect],
  );
  return model;
}

/** Texts of a folder by path. */
async function textsIn(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
  const texts = await Promise.all(
    files.map(async file => [relative(folder, file), await readFile(file, 'utf8')] as const),
  );
  return new Map(texts);
}

/** What each dialect calls its own: where things are written, what it generates ids from, and what it notes of itself. */
const ownOfDialect = new Set(['definedAt', 'ranges', 'logicalId', 'stackId', 'implicit', 'tags']);

function comparable({ functions, resources, triggers, placeholders }: ProjectModel) {
  const {
    functionPermissions = [],
    versions = [],
    aliases = [],
    rules = [],
    roles = [],
    ...others
  } = resources ?? ({} as Partial<NonNullable<ProjectModel['resources']>>);
  const apiNames = new Map(others.apis?.map(({ apiId, name }) => [apiId, name]));
  return inOrder({
    functions: functions.map(withoutPackaging),
    ...others,
    // A dialect permits each route, or all of an API at once.
    permissions: [
      ...new Set(functionPermissions.map(each => `${each.principal} ${each.functionName} ${each.action}`)),
    ],
    // Terraform has no version to describe.
    versions: versions.map(({ functionName }) => functionName),
    aliases: aliases.map(alias => ({ ...alias, target: kindOf(alias.target) })),
    rules: rules.map(rule => ({ ...rule, targets: rule.targets.map(({ id, ...target }) => target) })),
    roles: roles.map(({ inlinePolicies, ...role }) => ({
      ...role,
      // Both versions of the policy language mean the same here, and some of SAM's policies have none.
      inlinePolicies: inlinePolicies.map(({ name, document }) => ({ name, statements: document.statements })),
    })),
    triggers,
    placeholders,
  });

  /** Lists in one order, without what is a dialect's own, and with APIs by their names. */
  function inOrder(value: unknown): unknown {
    if (typeof value === 'string') return apiNames.get(value) ?? value;
    if (Array.isArray(value)) {
      const items = value.map(inOrder);
      return items.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    }
    if (typeof value !== 'object' || value === null) return value;
    const members = Object.entries(value)
      .filter(([name]) => !ownOfDialect.has(name))
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(members.map(([name, member]) => [name, inOrder(member)]));
  }
}

/** The handler and the folder are what a dialect's way of packing makes of them; the source is the same. */
function withoutPackaging({ handler, codeDirectory, bundling, ...definition }: FunctionDefinition) {
  return { ...definition, exported: handlerExport(handler) };
}

/** A version is a resource, a number, or what follows the code, by dialect. */
function kindOf(target: VersionTarget): string {
  return target.kind === 'latest' ? 'latest' : 'a version';
}
