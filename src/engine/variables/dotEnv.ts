/**
 * The variables of a `.env` file: `NAME=value`, with `export` before it or not, quoted or not, and comments. In
 * double quotes `\n` is a line break; nothing is substituted.
 *
 * @returns or else the number of the first line that is none of this, from 1
 */
export function parseDotEnv(text: string): Readonly<Record<string, string>> | number {
  const variables: Record<string, string> = {};
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    if (/^\s*(?:#.*)?$/.test(line)) continue;
    const match = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*?)\s*$/.exec(line);
    const name = match?.[1];
    const value = readValue(match?.[2] ?? '');
    if (name === undefined || value === undefined) return index + 1;
    variables[name] = value;
  }
  return variables;
}

function readValue(text: string): string | undefined {
  const quoted = /^(?:'([^']*)'|"((?:[^"\\]|\\.)*)")\s*(?:#.*)?$/.exec(text);
  if (quoted) {
    return (
      quoted[1] ?? (quoted[2] ?? '').replace(/\\(.)/g, (_, escaped) => (escaped === 'n' ? '\n' : escaped))
    );
  }
  return /^['"]/.test(text) ? undefined : text.replace(/\s+#.*$/, '');
}
