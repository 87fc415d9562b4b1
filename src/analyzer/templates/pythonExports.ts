/** Where a Python module defines a name at its top level; `unknown` where only running it could tell. */
export type PythonName = { readonly start: number; readonly end: number } | 'missing' | 'unknown';

export function findPythonName(text: string, name: string): PythonName {
  for (const found of topLevelNames(text)) if (found.name === name) return found;
  const isMentioned = new RegExp(`\\b${name.replaceAll(/\W/g, '\\$&')}\\b`).test(text);
  return isMentioned || /import\s*\*|globals\(\)|__getattr__/.test(text) ? 'unknown' : 'missing';
}

/** The functions that a Python module defines at its top level, in their order. */
export function pythonFunctions(text: string): readonly string[] {
  return [...topLevelNames(text)].filter(({ isFunction }) => isFunction).map(({ name }) => name);
}

function* topLevelNames(text: string) {
  const pattern = /^(?:(async\s+def|def)\s+)?([A-Za-z_]\w*)(?=\s*(?:\(|:[^=\n]*=|=(?!=)))/gm;
  for (const match of text.matchAll(pattern)) {
    const [whole, keyword, name = ''] = match;
    const rest = text.slice(match.index + whole.length).trimStart();
    if (keyword === undefined && rest.startsWith('(')) continue;
    const start = match.index + whole.length - name.length;
    yield { name, start, end: start + name.length, isFunction: keyword !== undefined };
  }
}
