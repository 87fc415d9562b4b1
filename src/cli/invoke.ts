import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { sampleById } from '../events/samples/library.ts';
import { localPlace } from '../events/samples/sample.ts';
import { messageOf, UserError } from '../shared/errors.ts';
import { findJsonFault } from '../shared/jsonFault.ts';
import { oneOf, parseCommandLine } from './arguments.ts';
import type { CliIo } from './io.ts';
import { connectToWorkspace, existingFolder } from './workspaceEngine.ts';

const invokeHelp = `lambda-lens invoke <function> [options]

Invokes a function of a workspace folder, in the engine that serves the folder already or else in one that ends
half a minute later. The response payload goes to standard output, the end of the log to standard error.

  --root <folder>      the workspace folder (default: the current one)
  --event <file>       the event, JSON; - reads standard input (default: {})
  --sample <id>        a sample event instead, for example s3:put; an unknown id lists all of them
  --set <name>=<value> what the sample is to be about, for example bucket=uploads; may be given several times
  --qualifier <q>      a version or an alias
  --fresh              in a new execution environment: a cold start, whatever is warm
  --type <type>        RequestResponse (default), Event (is queued, and run once the engine gets to it) or DryRun

Exit codes: 0 the function succeeded, 1 it failed, 2 usage or environment.
`;

export async function runInvoke(args: readonly string[], io: CliIo): Promise<number> {
  const { values, positionals } = parseCommandLine('invoke', {
    args: [...args],
    allowPositionals: true,
    options: {
      root: { type: 'string', default: '.' },
      event: { type: 'string' },
      sample: { type: 'string' },
      set: { type: 'string', multiple: true, default: [] },
      qualifier: { type: 'string' },
      type: { type: 'string', default: 'RequestResponse' },
      fresh: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    io.stdout.write(invokeHelp);
    return 0;
  }
  const [functionName, ...others] = positionals;
  if (functionName === undefined || others.length > 0) {
    throw new UserError('Name one function to invoke. See lambda-lens invoke --help.');
  }
  const type = oneOf('type', values.type, ['RequestResponse', 'Event', 'DryRun']);
  const root = await existingFolder(resolve(io.cwd, values.root));
  const payload = await eventOf(values, io.cwd);

  const connection = await connectToWorkspace(root, io);
  try {
    const result = await connection.invoke({
      functionName,
      payload,
      type,
      ...(values.qualifier === undefined ? {} : { qualifier: values.qualifier }),
      ...(values.fresh ? { environment: { kind: 'fresh' } } : {}),
    });
    io.stderr.write(result.logTail);
    if (result.payload !== '') io.stdout.write(`${result.payload}\n`);
    return result.functionError === undefined ? 0 : 1;
  } finally {
    connection.dispose();
  }
}

async function eventOf(
  {
    event,
    sample,
    set,
  }: { readonly event?: string; readonly sample?: string; readonly set: readonly string[] },
  cwd: string,
): Promise<string> {
  if (sample !== undefined && event !== undefined) {
    throw new UserError('--event and --sample exclude each other: there is one event.');
  }
  if (sample !== undefined) {
    const built = sampleById(sample).build(Object.fromEntries(set.map(chosenValue)), localPlace);
    return JSON.stringify(built);
  }
  if (set.length > 0)
    throw new UserError('--set says what a sample is about; name the sample with --sample.');
  return readEvent(event, cwd);
}

function chosenValue(text: string): readonly [string, string] {
  const equals = text.indexOf('=');
  if (equals > 0) return [text.slice(0, equals), text.slice(equals + 1)];
  throw new UserError(`--set must be a name and a value, such as bucket=uploads, not '${text}'.`);
}

/** Checked here, so that the message can point into the file. */
async function readEvent(event: string | undefined, cwd: string): Promise<string> {
  if (event === undefined) return '{}';
  const name = event === '-' ? 'standard input' : event;
  const content = event === '-' ? await text(process.stdin) : await readEventFile(resolve(cwd, event));
  const fault = findJsonFault(Buffer.from(content));
  if (fault) {
    throw new UserError(
      `The event in ${name} is no JSON: line ${fault.line}, column ${fault.column}: ${fault.message}.`,
    );
  }
  return content;
}

async function readEventFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UserError(`The event cannot be read: ${messageOf(error)}`, { cause: error });
  }
}
