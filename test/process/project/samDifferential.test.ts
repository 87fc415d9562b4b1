import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProjectModel } from '../../../src/model/functionDefinition.ts';
import type { ProjectFiles } from '../../../src/project/files.ts';
import { readProject } from '../../../src/project/readProject.ts';

const fixtures = join(import.meta.dirname, '..', '..', 'fixtures', 'project', 'sam');
const names = readdirSync(fixtures).filter(name => name.endsWith('.yaml'));

suite('SAM as written out here and by AWS’s own translator', () => {
  const translated = translate();
  if (!translated) {
    test('not run: python3 with aws-sam-translator is not on this machine', () => {
      assert.equal(translate(), undefined);
    });
    return;
  }
  for (const [index, name] of names.entries()) {
    test(`${name} comes to the same`, async () => {
      const written = await readFile(join(fixtures, name), 'utf8');
      const own = await readAs('template.yaml', written);
      const theirs = await readAs('template.json', translated[index] ?? '');
      assert.deepEqual(messages(own), messages(theirs));
      assert.deepEqual(comparable(own), comparable(theirs));
    });
  }
});

/** The translated templates in the order of their names; undefined where the translator cannot be run. */
function translate(): readonly string[] | undefined {
  const script = join(import.meta.dirname, 'support', 'translate.py');
  const paths = names.map(name => join(fixtures, name));
  const { status, stdout } = spawnSync('python3', [script, ...paths], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return status === 0 ? stdout.trim().split('\n') : undefined;
}

function messages({ problems }: ProjectModel): readonly string[] {
  return problems.map(problem => problem.message).sort();
}

function readAs(file: string, text: string): Promise<ProjectModel> {
  const files: ProjectFiles = {
    read: async path => (path === `/stack/${file}` ? { kind: 'text', text } : { kind: 'missing' }),
    list: async folder => (folder === '/stack' ? [{ name: file, kind: 'file' }] : []),
  };
  return readProject('/stack', files);
}

/**
 * What has to be the same: everything but places, the order of definitions, and what a translation loses.
 * SAM ends the logical ids of versions with a hash of the code, says in CodeDeploy's terms how traffic
 * shifts, and writes the CORS of REST APIs as mocked methods.
 */
function comparable(model: ProjectModel): unknown {
  const { functions, resources, triggers } = model;
  const kinds = Object.entries({ ...resources, functions, triggers });
  return Object.fromEntries(
    kinds.map(([kind, list = []]) => [kind, list.map(item => JSON.stringify(withoutPlaces(item))).sort()]),
  );
}

/** Lists whose order means nothing. */
const unordered = new Set(['stages', 'inlinePolicies', 'managedPolicyArns']);

const dropped = new Set(['definedAt', 'ranges', 'stackId', 'implicit', 'deployment']);

function withoutPlaces(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPlaces);
  if (typeof value === 'string') return value.replace(/(Version)[0-9a-f]{10}$/, '$1');
  if (typeof value !== 'object' || value === null) return value;
  const { protocol, kind, logicalId } = value as Record<string, unknown>;
  const isVersionTarget = kind === 'published' || (kind === 'definition' && logicalId !== undefined);
  if (isVersionTarget) return 'a version of the template';
  const members = Object.entries(value)
    // SAM writes the CORS of a REST API out as methods of its own, which answer without a function.
    .filter(([name]) => !dropped.has(name) && !(protocol === 'REST' && corsMembers.has(name)))
    .map(([name, member]) => [name, sorted(name, withoutPlaces(member))] as const)
    .sort(([a], [b]) => a.localeCompare(b));
  return Object.fromEntries(members);
}

const corsMembers: ReadonlySet<string> = new Set(['cors', 'corsAuthorization', 'mocks']);

function sorted(name: string, member: unknown): unknown {
  if (!unordered.has(name) || !Array.isArray(member)) return member;
  return member.map(item => JSON.stringify(item)).sort();
}
