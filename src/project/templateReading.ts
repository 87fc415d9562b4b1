import { dirname, sep } from 'node:path';
import type { FunctionDefinition, ProjectProblem } from '../model/functionDefinition.ts';
import { readFunctions } from './cloudformation/functions.ts';
import { openTemplate } from './cloudformation/template.ts';
import { parseYaml } from './document/parseYaml.ts';
import { descendant } from './document/sourceDocument.ts';
import type { FolderEntry, ProjectFiles } from './files.ts';
import { createProblems, type Problems } from './problems.ts';
import type { ProjectSettings } from './settings.ts';

/** What one template came to, and what it was read from. */
export interface TemplateReading {
  readonly file: string;
  /** A file that only has a template's name is `not a template`; a broken one did not parse. */
  readonly state: 'read' | 'broken' | 'not a template';
  readonly functions: readonly FunctionDefinition[];
  readonly problems: readonly ProjectProblem[];
  readonly dependencies: Dependencies;
}

/** What makes a reading stale when it changes. */
export interface Dependencies {
  /** Files whose text was read. */
  readonly files: ReadonlySet<string>;
  /** Folders whose entries were looked at: a file that comes or goes there matters. */
  readonly folders: ReadonlySet<string>;
}

export async function readTemplate(
  file: string,
  files: ProjectFiles,
  settings: ProjectSettings,
): Promise<TemplateReading> {
  const recorder = recordDependencies(files);
  const problems = createProblems();
  const outcome = await readInto(file, recorder.files, settings, problems);
  return {
    file,
    state: typeof outcome === 'string' ? outcome : 'read',
    functions: typeof outcome === 'string' ? [] : outcome,
    problems: problems.all(),
    dependencies: recorder.dependencies,
  };
}

/** CloudFormation refuses a larger one. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const maximumTemplateBytes = 1_048_576;

async function readInto(
  file: string,
  files: ProjectFiles,
  settings: ProjectSettings,
  problems: Problems,
): Promise<readonly FunctionDefinition[] | 'broken' | 'not a template'> {
  const start = { file, startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };
  const content = await files.read(file);
  if (content.kind === 'missing') return 'not a template';
  if (content.kind === 'unreadable') {
    problems.error(`This template cannot be read: ${content.reason}.`, start);
    return 'broken';
  }
  if (!looksLikeTemplate(content.text)) return 'not a template';
  if (Buffer.byteLength(content.text) > maximumTemplateBytes) {
    const megabytes = (content.text.length / 1024 / 1024).toFixed(1);
    problems.error(
      `This template has ${megabytes} MB, and CloudFormation accepts 1 MB. Split it into nested stacks; it is not read until then.`,
      start,
    );
    return 'broken';
  }
  const root = parseYaml(file, content.text, problems);
  if (!root) return 'broken';
  if (descendant(root, 'Resources')?.kind !== 'map') return 'not a template';
  const inputs = { settings, stackName: 'local', parameters: new Map() };
  return readFunctions(file, openTemplate(root, inputs, problems), files);
}

/** A cheap look at the text, before the YAML parser is asked. */
function looksLikeTemplate(text: string): boolean {
  return text.includes('Resources') && text.includes('AWS::');
}

function recordDependencies(files: ProjectFiles): { files: ProjectFiles; dependencies: Dependencies } {
  const read = new Set<string>();
  const listed = new Set<string>();
  return {
    dependencies: { files: read, folders: listed },
    files: {
      read(file) {
        read.add(file);
        return files.read(file);
      },
      list(folder): Promise<readonly FolderEntry[]> {
        listed.add(folder);
        return files.list(folder);
      },
    },
  };
}

/** Whether a change of one of these paths can change what the template comes to. */
export function isStale({ dependencies }: TemplateReading, changed: ReadonlySet<string>): boolean {
  const { files, folders } = dependencies;
  for (const path of changed) {
    if (files.has(path) || folders.has(path) || folders.has(dirname(path))) return true;
    // A folder that comes or goes takes along what is below it.
    for (const folder of folders) if (folder.startsWith(path + sep)) return true;
  }
  return false;
}
