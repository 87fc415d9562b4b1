#!/usr/bin/env node
// The command line: dist/cli.js. Machine output on standard output, everything else on standard error;
// exit codes are part of the contract.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isUserError } from '../shared/errors.ts';
import { runCheck } from './check.ts';
import { runInvoke } from './invoke.ts';
import type { CliIo } from './io.ts';
import { runServe } from './serve.ts';
import { runTest } from './test.ts';

const help = `lambda-lens <command>

  check <path>...     tells which code runs once and which on every invocation, and what is wrong with it
  serve               serves the functions of a workspace folder as AWS Lambda does
  invoke <function>   invokes one of them
  test                invokes them with saved events and compares the results

  --help, --version   lambda-lens <command> --help tells more
`;

const commands: Readonly<Record<string, (args: readonly string[], io: CliIo) => Promise<number>>> = {
  check: runCheck,
  serve: runServe,
  invoke: runInvoke,
  test: runTest,
};

async function main(args: readonly string[], io: CliIo): Promise<number> {
  const [name, ...rest] = args;
  if (name === '--help' || name === 'help') {
    io.stdout.write(help);
    return 0;
  }
  if (name === '--version') {
    const manifest = await readFile(join(io.distDirectory, '..', 'package.json'), 'utf8');
    io.stdout.write(`${(JSON.parse(manifest) as { version: string }).version}\n`);
    return 0;
  }
  const command = name === undefined ? undefined : commands[name];
  if (!command) {
    io.stderr.write(name === undefined ? help : `There is no command '${name}'. See lambda-lens --help.\n`);
    return 2;
  }
  try {
    return await command(rest, io);
  } catch (error) {
    io.stderr.write(`lambda-lens ${name}: ${describe(error)}\n`);
    return 2;
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return isUserError(error) ? error.message : (error.stack ?? error.message);
}

void main(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  cwd: process.cwd(),
  distDirectory: __dirname,
}).then(code => {
  // Not before everything is written: a pipe takes its time.
  process.stdout.write('', () => process.exit(code));
});
