import { readFile } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { type AnalyzerClient, createAnalyzerClient } from '../analyzer/client.ts';
import type { Finding, RuleSeverities } from '../model/finding.ts';
import type { ProjectModel } from '../model/functionDefinition.ts';
import { ruleSeveritiesOf, ruleSeveritySetting } from '../model/ruleSeverities.ts';
import { readEditorSetting } from '../project/editorSettings.ts';
import { systemClock } from '../shared/clock.ts';
import { UserError } from '../shared/errors.ts';
import { oneOf, parseCommandLine } from './arguments.ts';
import { collectFiles } from './checkFiles.ts';
import { fixFiles } from './checkFix.ts';
import { formatJson } from './checkJson.ts';
import { formatPretty } from './checkPretty.ts';
import { knownHandlers, projectsAbove } from './checkProjects.ts';
import type { CheckedFile } from './checkReport.ts';
import { formatSarif } from './checkSarif.ts';
import type { CliIo } from './io.ts';

const help = `lambda-lens check <path>... [--format pretty|json|sarif]
                  [--max-severity none|hint|info|warning|error] [--fix]

Tells which code of Lambda handlers runs once per execution environment and which on every invocation, and what
breaks or costs them on Lambda, in files, in folders and in what matches a pattern. With --fix, what can be fixed
without anyone having to look at it is fixed first, and the rest is reported. Severities of rules come from
lambdaLens.rules.severity of .vscode/settings.json in the current folder. Exit codes: 0 fine, 1 a finding above
--max-severity (default info), 2 a path that cannot be read or a wrong option.
`;

const formats = { pretty: formatPretty, json: formatJson, sarif: formatSarif } as const;
const severities = ['none', 'hint', 'info', 'warning', 'error'] as const;

/** How many fixes a file gets at most. */
const maximumPasses = 50;

interface CheckOptions {
  readonly paths: readonly string[];
  readonly format: keyof typeof formats;
  readonly maxSeverity: (typeof severities)[number];
  readonly fix: boolean;
}

/**
 * `lambda-lens check`: 0 when no finding is above the severity that is allowed, 1 when one is. Only the report
 * goes to stdout.
 *
 * @throws UserError when the command line or the files do not allow an answer.
 */
export async function runCheck(args: readonly string[], io: CliIo): Promise<number> {
  const options = parseOptions(args);
  if (options === 'help') {
    io.stdout.write(help);
    return 0;
  }
  const paths = await collectFiles(options.paths, io.cwd);
  if (paths.length === 0) io.stderr.write('No TypeScript or JavaScript files were found.\n');
  const files = await analyze(paths, options, io);
  io.stdout.write(formats[options.format](files));
  const allowed = severities.indexOf(options.maxSeverity);
  const exceeds = ({ severity }: Finding) => severities.indexOf(severity) > allowed;
  return files.some(({ findings }) => findings.some(exceeds)) ? 1 : 0;
}

function parseOptions(args: readonly string[]): CheckOptions | 'help' {
  const { values, positionals } = parseCommandLine('check', {
    args: [...args],
    allowPositionals: true,
    options: {
      format: { type: 'string', default: 'pretty' },
      'max-severity': { type: 'string', default: 'info' },
      fix: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  if (positionals.length === 0) {
    throw new UserError('Which files or folders are to be checked? See lambda-lens check --help.');
  }
  return {
    paths: positionals,
    format: oneOf('format', values.format, ['pretty', 'json', 'sarif']),
    maxSeverity: oneOf('max-severity', values['max-severity'], severities),
    fix: values.fix,
  };
}

async function analyze(
  paths: readonly string[],
  { paths: asked, fix }: CheckOptions,
  io: CliIo,
): Promise<readonly CheckedFile[]> {
  const analyzer = createAnalyzerClient({
    workerPath: join(io.distDirectory, 'analyzer.js'),
    log: { debug() {}, info() {}, warn() {}, error() {} },
    clock: systemClock,
  });
  try {
    for (let passes = 0; ; passes += 1) {
      const files = await report(analyzer, paths, asked, io.cwd);
      if (!fix || passes === maximumPasses || !(await fixFiles(files))) return files;
    }
  } finally {
    analyzer.dispose();
  }
}

async function report(
  analyzer: AnalyzerClient,
  paths: readonly string[],
  asked: readonly string[],
  cwd: string,
): Promise<readonly CheckedFile[]> {
  const shown = new Map(paths.map(path => [resolve(cwd, path), path]));
  const files = [...shown.keys()];
  const projects = await projectsAbove(files, cwd, root => analyzer.readProject(root));
  const severities = await configuredSeverities(cwd);
  const outcome = await analyzer.check({ files, handlers: knownHandlers(projects), severities });
  if (outcome.kind === 'cancelled') throw new Error('the analysis was cancelled');
  const templates = await checkTemplates(analyzer, projects, severities);
  const checked = [
    ...[...templates].flatMap(([path, findings]) => {
      const name = shownTemplate(path, asked, cwd);
      return name === undefined
        ? []
        : [{ path, shown: name, handlers: [], regions: [], notes: [], findings }];
    }),
    ...outcome.value.map(file => ({ ...file, shown: shown.get(file.path) ?? file.path })),
  ];
  return Promise.all(
    checked.map(async file => ({
      ...file,
      ...(file.findings.length > 0 && { text: await readFile(file.path, 'utf8').catch(() => '') }),
    })),
  );
}

/** By absolute path, the templates that have findings. */
async function checkTemplates(
  analyzer: AnalyzerClient,
  projects: readonly ProjectModel[],
  severities: RuleSeverities,
): Promise<ReadonlyMap<string, readonly Finding[]>> {
  const found = new Map<string, readonly Finding[]>();
  for (const model of projects) {
    const outcome = await analyzer.templateFindings({ model, severities, open: [] });
    if (outcome.kind === 'cancelled') throw new Error('the analysis was cancelled');
    for (const [path, findings] of outcome.value) found.set(path, findings);
  }
  return found;
}

/** The path of a template below a folder that is to be checked; undefined for any other template. */
function shownTemplate(path: string, asked: readonly string[], cwd: string): string | undefined {
  for (const argument of asked) {
    const below = relative(resolve(cwd, argument), path);
    if (below !== '' && !below.startsWith('..') && !isAbsolute(below)) return join(argument, below);
  }
  return undefined;
}

/** What the editor takes from the same file. */
async function configuredSeverities(cwd: string): Promise<RuleSeverities> {
  const { severities, problems } = ruleSeveritiesOf(await readEditorSetting(cwd, ruleSeveritySetting));
  const [problem] = problems;
  if (problem !== undefined) throw new UserError(`.vscode/settings.json: ${problem}.`);
  return severities;
}
