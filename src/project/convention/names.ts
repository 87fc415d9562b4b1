import { basename, dirname } from 'node:path';

/** What a function is called that nobody gave a name: after its file, or the folder of an index file. */
export function suggestName(entryFile: string, exported: string, packageFolder: string, packageName: string) {
  const stem = basename(entryFile).replace(/\.[^.]+$/, '');
  const base = isPlain(stem) ? folderName(dirname(entryFile), packageFolder, packageName) : stem;
  const isUsual = /^(handler|lambdaHandler|default)$/.test(exported);
  return isUsual || exported === base ? base : `${base}-${exported}`;
}

/** Names that say nothing of what a function does. */
function isPlain(name: string): boolean {
  return /^(index|handlers?|app|main|lambda|function|functions|src|lib|source|code)$/i.test(name);
}

function folderName(folder: string, packageFolder: string, packageName: string): string {
  for (let at = folder; at !== packageFolder && at !== dirname(at); at = dirname(at)) {
    if (!isPlain(basename(at))) return basename(at);
  }
  return packageName;
}

/** Names of functions: what several of them would have gets the name of a folder in front of it. */
export function distinctNames(wanted: readonly { name: string; file: string }[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { name } of wanted) counts.set(name, (counts.get(name) ?? 0) + 1);
  const taken = new Set<string>();
  return wanted.map(({ name, file }) => {
    const full = (counts.get(name) ?? 0) > 1 ? `${basename(dirname(file))}-${name}` : name;
    const legal = full.replace(/[^0-9A-Za-z_-]+/g, '-').slice(0, 64);
    let distinct = legal;
    for (let count = 2; taken.has(distinct); count += 1) distinct = `${legal.slice(0, 60)}-${count}`;
    taken.add(distinct);
    return distinct;
  });
}
