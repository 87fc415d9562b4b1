/** A way to set variables. */
export interface Shell {
  readonly name: string;
  readonly set: (name: string, value: string) => string;
  readonly unset: (name: string) => string;
}

export const shells: readonly Shell[] = [
  {
    name: 'bash, zsh, sh',
    set: (name, value) => `export ${name}=${singleQuoted(value, "'\\''")}`,
    unset: name => `unset ${name}`,
  },
  {
    name: 'fish',
    set: (name, value) => `set -gx ${name} ${singleQuoted(value, "\\'")}`,
    unset: name => `set -e ${name}`,
  },
  {
    name: 'PowerShell',
    set: (name, value) => `$env:${name} = ${singleQuoted(value, "''")}`,
    unset: name => `Remove-Item Env:${name} -ErrorAction SilentlyContinue`,
  },
  { name: 'cmd', set: (name, value) => `set "${name}=${value}"`, unset: name => `set "${name}="` },
  { name: '.env', set: (name, value) => `${name}=${value}`, unset: name => `${name}=` },
];

/** What makes an AWS CLI or SDK call the engine, whatever account it called before: a line for each variable. */
export function environmentLines(
  shell: Shell,
  engine: {
    readonly endpoint: string;
    readonly region: string;
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
  },
): string {
  const variables: readonly (readonly [string, string])[] = [
    // The service is told by the signature: one endpoint stands for all of them.
    ['AWS_ENDPOINT_URL', engine.endpoint],
    ['AWS_ENDPOINT_URL_LAMBDA', engine.endpoint],
    ['AWS_REGION', engine.region],
    ['AWS_DEFAULT_REGION', engine.region],
    ['AWS_ACCESS_KEY_ID', engine.accessKeyId],
    ['AWS_SECRET_ACCESS_KEY', engine.secretAccessKey],
  ];
  const lines = [
    ...variables.map(([name, value]) => shell.set(name, value)),
    ...['AWS_SESSION_TOKEN', 'AWS_PROFILE'].map(shell.unset),
  ];
  return `${lines.join('\n')}\n`;
}

function singleQuoted(value: string, quote: string): string {
  return `'${value.replaceAll("'", quote)}'`;
}
