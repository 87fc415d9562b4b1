import { parseDocument } from '../document/parseDocument.ts';
import { descendant } from '../document/sourceDocument.ts';
import type { ProjectFiles } from '../files.ts';
import type { Problems } from '../problems.ts';
import { nothing, type Reading, type ReadingContent } from '../reading.ts';
import { readRoot } from '../readRoot.ts';
import { readStack } from '../readStack.ts';
import type { RootRequest } from '../rootRequest.ts';
import { readDeploymentConfig } from '../sam/samConfig.ts';

/** Reads a SAM or CloudFormation template, with everything that it includes and nests. */
export function readTemplate(file: string, request: RootRequest): Promise<Reading> {
  return readRoot(file, request, read);
}

/** Reads a file that does not have a template's name, and may be one all the same: its text has to say so. */
export async function readYaml(file: string, request: RootRequest): Promise<Reading> {
  const found = await request.files.read(file);
  if (found.kind === 'text' && definesFunctions(found.text)) return readTemplate(file, request);
  const dependencies = { files: new Set([file]), folders: new Set<string>() };
  return { file, state: 'not a template', content: nothing, problems: [], dependencies };
}

/** What other tools fill in first is no template yet; `{{resolve:` is CloudFormation's own. */
function definesFunctions(text: string): boolean {
  return (
    /\bType["']?:\s*["']?AWS::(Serverless|Lambda)::Function\b/.test(text) &&
    !/\{%|\{\{(?!resolve:)/.test(text)
  );
}

/** CloudFormation refuses a larger one. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const maximumTemplateBytes = 1_048_576;

async function read(
  file: string,
  request: RootRequest,
  problems: Problems,
): Promise<ReadingContent | 'broken' | 'not a template'> {
  const text = await textOfTemplate(file, request.files, problems);
  if (typeof text !== 'object') return text;
  const root = parseDocument(file, text.content, problems);
  if (!root) return 'broken';
  if (descendant(root, 'Resources')?.kind !== 'map') return 'not a template';
  const config = await readDeploymentConfig(file, request.files, problems);
  return readStack(file, root, { ...request, ...config, problems });
}

async function textOfTemplate(
  file: string,
  files: ProjectFiles,
  problems: Problems,
): Promise<{ readonly content: string } | 'broken' | 'not a template'> {
  const start = { file, startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };
  const found = await files.read(file);
  if (found.kind === 'missing') return 'not a template';
  if (found.kind === 'unreadable') {
    problems.error(`This template cannot be read: ${found.reason}.`, start);
    return 'broken';
  }
  if (!looksLikeTemplate(found.text)) return 'not a template';
  if (Buffer.byteLength(found.text) > maximumTemplateBytes) {
    const megabytes = (found.text.length / 1024 / 1024).toFixed(1);
    problems.error(
      `This template has ${megabytes} MB, and CloudFormation accepts 1 MB. Split it into nested stacks; it is not read until then.`,
      start,
    );
    return 'broken';
  }
  return { content: found.text };
}

/** A cheap look at the text, before it is parsed. */
function looksLikeTemplate(text: string): boolean {
  return text.includes('Resources') && text.includes('AWS::');
}
