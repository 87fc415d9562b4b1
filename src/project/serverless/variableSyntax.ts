/** A part of a text: plain, or a variable with the sources that are tried one after the other. */
export type TextPart = string | { readonly text: string; readonly sources: readonly Source[] };

export type Source =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | {
      readonly kind: 'lookup';
      readonly type: string;
      /** What is in parentheses, as of `file(...)`. */
      readonly argument: readonly TextPart[];
      readonly address: readonly TextPart[];
    };

/** The types that the framework knows; anything else in `${}` is CloudFormation's. */
const types = /^(self|opt|env|file|sls|param|aws|cf|ssm|s3|git|strToBool|output|terraform|vault|doppler)\b/;

/**
 * Takes a text apart. What is not a variable of the framework's stays as it is, such as `${AWS::Region}`.
 * https://www.serverless.com/framework/docs/providers/aws/guide/variables
 */
export function parseVariables(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let plain = '';
  for (let at = 0; at < text.length; ) {
    const end = text.startsWith('${', at) ? closing(text, at + 2) : -1;
    const inner = end === -1 ? '' : text.slice(at + 2, end);
    const sources = end === -1 ? undefined : parseSources(inner);
    if (!sources) {
      plain += text[at];
      at += 1;
    } else {
      if (plain !== '') parts.push(plain);
      plain = '';
      parts.push({ text: text.slice(at, end + 1), sources });
      at = end + 1;
    }
  }
  if (plain !== '') parts.push(plain);
  return parts;
}

/** Undefined when the first source is none of the framework's. */
function parseSources(inner: string): readonly Source[] | undefined {
  const written = splitAtCommas(inner).map(part => part.trim());
  const first = written[0] ?? '';
  if (!types.test(first) && !first.startsWith('${')) return undefined;
  return written.map(parseSource);
}

function parseSource(written: string): Source {
  const quoted = /^(["'])(.*)\1$/s.exec(written);
  if (quoted) return { kind: 'literal', value: quoted[2] ?? '' };
  if (written === 'true' || written === 'false') return { kind: 'literal', value: written === 'true' };
  if (written === 'null') return { kind: 'literal', value: null };
  if (written !== '' && Number.isFinite(Number(written))) return { kind: 'literal', value: Number(written) };
  if (written.startsWith('${')) {
    const [variable] = parseVariables(written);
    // A variable as a fallback is looked up as the address of one: ${opt:a, ${self:b}}.
    const only =
      typeof variable === 'object' && variable.sources.length === 1 ? variable.sources[0] : undefined;
    if (only) return only;
  }
  const name = /^[A-Za-z0-9]+/.exec(written)?.[0] ?? '';
  let rest = written.slice(name.length);
  let argument = '';
  if (rest.startsWith('(')) {
    const end = matching(rest, '(', ')');
    argument = rest.slice(1, end);
    rest = rest.slice(end + 1);
  }
  const address = rest.replace(/^[.:]/, '');
  return {
    kind: 'lookup',
    type: name,
    argument: parseVariables(unquote(argument)),
    address: parseVariables(address),
  };
}

function unquote(text: string): string {
  return text.trim().replace(/^(["'])(.*)\1$/s, '$2');
}

/** The offset of the brace that closes the one before `from`; -1 where none does. */
function closing(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at += 1) {
    if (text.startsWith('${', at)) depth += 1;
    else if (text[at] === '}') {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return -1;
}

function matching(text: string, open: string, close: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === open) depth += 1;
    else if (text[at] === close) {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return text.length;
}

/** Splits at commas that are neither in quotes, nor in parentheses, nor in a variable within. */
function splitAtCommas(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = '';
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '(' || character === '{') depth += 1;
    else if (character === ')' || character === '}') depth -= 1;
    else if (character === ',' && depth === 0) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, text.slice(from)];
}
