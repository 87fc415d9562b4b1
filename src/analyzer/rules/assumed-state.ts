import { ts } from 'ts-morph';
import { constantText } from './constants.ts';
import { unsetNames } from './moduleNames.ts';
import { defineRule, type ReachedCode } from './rule.ts';
import { type FileCall, fileCalls, isWrite } from './tmpFiles.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html */
export const assumedState = defineRule({
  name: 'assumed-state',
  severity: 'warning',
  title: 'The handler counts on what an earlier invocation has left',
  messages: {
    never:
      'Nothing here writes this file, and the /tmp of a new environment is empty: the call fails with ENOENT. Fetch the file where it does not exist.',
    later:
      'The file is written further down only: the first invocation of each environment finds an empty /tmp, and the call fails with ENOENT. Look first whether the file exists.',
    unset:
      '{name} is set by some other invocation only, and Lambda may run this one in an environment that has had none: it is undefined there. Keep such state outside of the function.',
  },
  check(code, report) {
    const calls = fileCalls(code);
    for (const read of calls) {
      const phase = code.phaseAt(read.node);
      if ((phase !== 'invoke' && phase !== 'both') || !isRead(read) || isExpectedToFail(read.node)) continue;
      const path = constantText(read.path, read.scope, code);
      const message = path?.startsWith('/tmp/') ? kindOf(read, path, calls, code) : undefined;
      if (message) report({ node: read.path, message });
    }
    for (const { node, name } of unsetNames(code)) report({ node, message: 'unset', data: { name } });
  },
});

function isRead({ name, node }: FileCall): boolean {
  return (
    /^(readFile|createReadStream|readdir|readJson)$/.test(name) ||
    (name === 'open' && node.arguments.length === 1)
  );
}

function isExpectedToFail(node: ts.Node): boolean {
  for (let at: ts.Node = node; at.parent && !ts.isFunctionLike(at); at = at.parent) {
    const { parent } = at;
    if (ts.isTryStatement(parent) && parent.tryBlock === at) return true;
    if (ts.isPropertyAccessExpression(parent) && /^(catch|then)$/.test(parent.name.text)) return true;
    if (ts.isIfStatement(parent) && parent.expression !== at) return true;
    if (ts.isConditionalExpression(parent) && parent.condition !== at) return true;
  }
  return false;
}

function kindOf(
  read: FileCall,
  path: string,
  calls: readonly FileCall[],
  code: ReachedCode,
): 'never' | 'later' | undefined {
  const isLookedFor = calls.some(({ name }) => /^(exists|access|stat|lstat|pathExists)$/.test(name));
  if (isLookedFor || isMentionedElsewhere(calls, code)) return undefined;
  const writes = calls.filter(isWrite);
  const own = writes.filter(call => constantText(call.path, call.scope, code) === path);
  if (own.length === 0 && writes.length === 0) return 'never';
  const areLater = own.every(({ node, scope }) => scope.unit === read.scope.unit && node.pos > read.node.pos);
  return own.length > 0 && own.length === writes.length && areLater ? 'later' : undefined;
}

/** Some other code that is reached speaks of /tmp as well: it may write the file. */
function isMentionedElsewhere(calls: readonly FileCall[], code: ReachedCode): boolean {
  const { program, phases } = code.inspection;
  const inCalls = new Set(calls.flatMap(call => (call.path.getText().includes('/tmp') ? [call.path] : [])))
    .size;
  let mentions = 0;
  for (const { source, units } of program.files.values()) {
    if (!units.some(unit => phases.arrivals.has(unit))) continue;
    mentions += [...source.text.matchAll(/['"`][^'"`\n]*\/tmp\b|\btmpdir\b|\bexec\w*\(|\bspawn\w*\(/g)]
      .length;
  }
  const names = new Set(calls.flatMap(({ path }) => (ts.isIdentifier(path) ? [path.text] : [])));
  return mentions > inCalls + names.size;
}
