// `npm run notices` writes THIRD-PARTY-NOTICES.md: the licences of everything that a .vsix contains and that
// is not ours. What is bundled is read from esbuild's metafiles; what esbuild, ts-morph and kinesis-local contain
// themselves is listed by hand, because no manifest tells it.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import lambdaConstraints from '../model/generated/lambdaConstraints.json' with { type: 'json' };
import { type BuildResult, build } from './build.ts';
import type { Component } from './component.ts';
import { partsOfKinesisLocal } from './kinesisParts.ts';

const root = join(import.meta.dirname, '..', '..');
const noticesFile = join(root, 'THIRD-PARTY-NOTICES.md');

/**
 * What may be passed on: permissive licences that ask for no more than their notice.
 * MPL-2.0 is borer's, which kinesis-local contains: it also asks that people are told where its sources are.
 */
export const allowedLicences: readonly string[] = [
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  'Unicode-3.0',
  'Unicode-DFS-2016',
  'MPL-2.0',
];

/** Every component of others that a .vsix contains, by name. */
export async function bundledComponents(metafiles: BuildResult['metafiles']): Promise<readonly Component[]> {
  const folders = new Set(['node_modules/esbuild']);
  for (const { inputs } of Object.values(metafiles)) {
    for (const input of Object.keys(inputs)) {
      const folder = packageFolder(input);
      if (folder !== undefined) folders.add(folder);
    }
  }
  const components = await Promise.all([...folders].map(readPackage));
  components.push(...(await partsOfEsbuild()));
  if (folders.has('node_modules/@ts-morph/common')) components.push(await compilerInTsMorph());
  if (folders.has('node_modules/kinesis-local')) {
    const apache = (await licenceText('node_modules/@aws-sdk/client-lambda')) ?? '';
    components.push(...(await partsOfKinesisLocal(root, apache.replace(/\n *APPENDIX:[\s\S]*/, ''))));
  }
  const inputs = Object.values(metafiles).flatMap(({ inputs: files }) => Object.keys(files));
  if (inputs.some(input => input.endsWith('generated/lambdaConstraints.json')))
    components.push(await lambdaModel());
  return components.sort((a, b) => compare(a.name, b.name) || compare(a.version, b.version));
}

/** The text of THIRD-PARTY-NOTICES.md; components with the same licence text share one copy of it. */
export function renderNotices(components: readonly Component[]): string {
  const byText = Map.groupBy(components, ({ text }) => text.replaceAll(/\s+/g, ' '));
  const sections = [...byText.values()].map(group => {
    const names = group.map(({ name, version, licence }) => `- ${name} ${version} (${licence})`);
    return `${names.join('\n')}\n\n~~~\n${group[0]?.text.trim()}\n~~~\n`;
  });
  return `# Third-party notices

Lambda Lens contains the software below, under the licences that follow each list. \`npm run notices\` writes
this file.

${sections.join('\n---\n\n')}`;
}

/** The folder of the package that a bundled file belongs to; undefined for a file of our own. */
export function packageFolder(input: string): string | undefined {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0];
}

async function readPackage(folder: string): Promise<Component> {
  const manifest = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license?: string;
    author?: string | { name: string };
  };
  return {
    name: manifest.name,
    version: manifest.version,
    licence: manifest.license ?? 'none stated',
    text: (await licenceText(folder)) ?? (await statedLicence(manifest)),
  };
}

async function licenceText(folder: string): Promise<string | undefined> {
  const files = (await readdir(join(root, folder))).filter(name =>
    /^(licen[cs]e|copying|notice)/i.test(name),
  );
  if (files.length === 0) return undefined;
  const texts = await Promise.all(files.sort().map(name => readFile(join(root, folder, name), 'utf8')));
  return texts.map(text => text.replaceAll('\r\n', '\n').trim()).join('\n\n');
}

/** Some packages of the AWS SDK lack the file that the others of their scope have; others only state what it is. */
async function statedLicence(manifest: {
  readonly name: string;
  readonly license?: string;
  readonly author?: string | { readonly name: string };
}): Promise<string> {
  const { name, license, author } = manifest;
  const sdk = name.startsWith('@aws-sdk/')
    ? await licenceText('node_modules/@aws-sdk/client-lambda')
    : undefined;
  if (sdk !== undefined) return sdk;
  if (license !== 'MIT' || author === undefined)
    throw new Error(`${name} has no licence file: find its text before bundling it.`);
  const text = await readFile(join(import.meta.dirname, 'licences', 'mit.txt'), 'utf8');
  return text.replace('<holder>', typeof author === 'string' ? author : author.name);
}

/** esbuild's executable is Go: its standard library and the one module that esbuild requires are in it. */
async function partsOfEsbuild(): Promise<Component[]> {
  const text = (name: string) => readFile(join(import.meta.dirname, 'licences', name), 'utf8');
  return [
    {
      name: 'Go standard library (in esbuild)',
      version: '1.26',
      licence: 'BSD-3-Clause',
      text: await text('go.txt'),
    },
    {
      name: 'golang.org/x/sys (in esbuild)',
      version: '0.0.0-20220715151400-c0bba94af5f8',
      licence: 'BSD-3-Clause',
      text: await text('golang-x-sys.txt'),
    },
  ];
}

/** The compiler of @ts-morph/common, whose notices are those of the package typescript. */
async function compilerInTsMorph(): Promise<Component> {
  const compiler = await readFile(join(root, 'node_modules/@ts-morph/common/dist/typescript.js'), 'utf8');
  const [, version] = /\nvar version = "([^"]+)"/.exec(compiler) ?? [];
  if (version === undefined) throw new Error('@ts-morph/common no longer says which TypeScript it contains.');
  const notices = await readFile(join(root, 'node_modules/typescript/ThirdPartyNoticeText.txt'), 'utf8');
  return {
    name: 'TypeScript (in @ts-morph/common)',
    version,
    licence: 'Apache-2.0',
    text: `${await licenceText('node_modules/typescript')}\n\n${notices.replaceAll('\r\n', '\n').trim()}`,
  };
}

/** What src/model/generated/lambdaConstraints.json is made from. */
async function lambdaModel(): Promise<Component> {
  const [, version] = /botocore (\d[\d.]*)/.exec(lambdaConstraints.notice) ?? [];
  return {
    name: "botocore (its model of AWS Lambda's API)",
    version: version ?? 'unknown',
    licence: 'Apache-2.0',
    text: (await licenceText('node_modules/@aws-sdk/client-lambda')) ?? '',
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

if (import.meta.main) {
  const { metafiles } = await build({ production: true });
  await writeFile(noticesFile, renderNotices(await bundledComponents(metafiles)));
}
