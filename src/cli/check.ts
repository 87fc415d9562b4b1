import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type AnalyzerClient, createAnalyzerClient } from '../analyzer/client.ts';
import type { Finding } from '../analyzer/protocol.ts';
import { systemClock } from '../shared/clock.ts';
import { messageOf, UserError } from '../shared/errors.ts';
import { collectFiles } from './checkFiles.ts';
import { formatJson } from './checkJson.ts';
import { formatPretty } from './checkPretty.ts';
import { knownHandlers } from './checkProjects.ts';
import type { CheckedFile } from './checkReport.ts';
import { formatSarif } from './checkSarif.ts';

export interface CheckIo {
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  readonly cwd: string;
  /** The folder with analyzer.js. */
  readonly distDirectory: string;
}

export const checkUsage =
  'Usage: lambda-lens check <path>... [--format pretty|json|sarif] [--max-severity none|hint|info|warning|error]';

const formats = { pretty: formatPretty, json: formatJson, sarif: formatSarif } as const;
const severities = ['none', 'hint', 'info', 'warning', 'error'] as const;

interface CheckOptions {
  readonly paths: readonly string[];
  readonly format: keyof typeof formats;
  readonly maxSeverity: (typeof severities)[number];
}

/**
 * `lambda-lens check`: 0 when no finding is above the severity that is allowed, 1 when one is, 2 when the
 * command line or the files do not allow an answer. Only the report goes to stdout.
 */
export async function runCheck(args: readonly string[], io: CheckIo): Promise<number> {
  try {
    const options = parseOptions(args);
    const paths = await collectFiles(options.paths, io.cwd);
    if (paths.length === 0) io.stderr.write('No TypeScript or JavaScript files were found.\n');
    const files = await analyze(paths, io);
    io.stdout.write(formats[options.format](files));
    const allowed = severities.indexOf(options.maxSeverity);
    const exceeds = ({ severity }: Finding) => severities.indexOf(severity) > allowed;
    return files.some(({ findings }) => findings.some(exceeds)) ? 1 : 0;
  } catch (error) {
    const text = error instanceof UserError ? error.message : `lambda-lens check failed: ${messageOf(error)}`;
    io.stderr.write(`${text}\n`);
    return 2;
  }
}

function parseOptions(args: readonly string[]): CheckOptions {
  const { values, positionals } = parsed(args);
  if (positionals.length === 0)
    throw new UserError(`Which files or folders are to be checked? ${checkUsage}`);
  return {
    paths: positionals,
    format: oneOf('--format', values.format, Object.keys(formats) as (keyof typeof formats)[]),
    maxSeverity: oneOf('--max-severity', values['max-severity'], severities),
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        format: { type: 'string', default: 'pretty' },
        'max-severity': { type: 'string', default: 'info' },
      },
    });
  } catch (error) {
    throw new UserError(`${messageOf(error)}. ${checkUsage}`);
  }
}

function oneOf<T extends string>(option: string, value: string, choices: readonly T[]): T {
  const chosen = choices.find(choice => choice === value);
  if (chosen === undefined) throw new UserError(`${option} is one of ${choices.join(', ')}, not ${value}.`);
  return chosen;
}

async function analyze(paths: readonly string[], io: CheckIo): Promise<readonly CheckedFile[]> {
  if (paths.length === 0) return [];
  const analyzer = createAnalyzerClient({
    workerPath: join(io.distDirectory, 'analyzer.js'),
    log: { debug() {}, info() {}, warn() {}, error() {} },
    clock: systemClock,
  });
  try {
    return await report(analyzer, paths, io.cwd);
  } finally {
    analyzer.dispose();
  }
}

async function report(
  analyzer: AnalyzerClient,
  paths: readonly string[],
  cwd: string,
): Promise<readonly CheckedFile[]> {
  const shown = new Map(paths.map(path => [resolve(cwd, path), path]));
  const files = [...shown.keys()];
  const handlers = await knownHandlers(files, cwd, root => analyzer.readProject(root));
  const outcome = await analyzer.check({ files, handlers });
  if (outcome.kind === 'cancelled') throw new Error('the analysis was cancelled');
  return outcome.value.map(file => ({ ...file, shown: shown.get(file.path) ?? file.path }));
}
