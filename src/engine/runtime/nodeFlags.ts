/** What decides the flags of Node.js. */
export interface NodeFlagSources {
  /** For example `nodejs22.x`. */
  readonly runtime: string;
  readonly memorySizeMb: number;
  /** The function's own NODE_OPTIONS. */
  readonly nodeOptions: string;
  /** Which of {@link disabledFlags} the executable knows. */
  readonly known: ReadonlySet<string>;
}

/**
 * The flags that Lambda gives Node.js. What outgrows the heap ends with "JavaScript heap out of memory" and the
 * signal `aborted`.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
 */
export function nodeFlags({ runtime, memorySizeMb, nodeOptions, known }: NodeFlagSources): readonly string[] {
  const enabled = new Set(nodeOptions.split(/\s+/));
  return [
    `--max-semi-space-size=${Math.floor(memorySizeMb * 0.05)}`,
    `--max-old-space-size=${Math.floor(memorySizeMb * 0.9)}`,
    // Most functions have a fraction of a processor: one thread helps V8 there, and here there are fewer to be
    // suspended and woken up with every invocation.
    '--v8-pool-size=1',
    ...disabledFlags(runtime)
      .filter(flag => known.has(flag) && !enabled.has(flag))
      .map(flag => flag.replace(/^--/, '--no-')),
  ];
}

/**
 * What Lambda turns off although that version of Node.js has it, and a function's NODE_OPTIONS turns on again.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html
 */
export function disabledFlags(runtime: string): readonly string[] {
  if (runtime === 'nodejs20.x') return [requireModule];
  return runtime === 'nodejs22.x' ? [requireModule, '--experimental-detect-module'] : [];
}

const requireModule = '--experimental-require-module';
