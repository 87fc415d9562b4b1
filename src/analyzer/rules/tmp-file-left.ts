import { ts } from 'ts-morph';
import { staticName, unwrap } from '../syntax.ts';
import { isSameEveryTime } from './constancy.ts';
import { mentions } from './invocations.ts';
import { methodOf } from './origins.ts';
import { defineRule, type ReachedCode } from './rule.ts';
import { type FileCall, fileCalls, isWrite, pathStart } from './tmpFiles.ts';
import { isNewEachTime } from './uniqueness.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-ephemeral-storage.html */
export const tmpFileLeft = defineRule({
  name: 'tmp-file-left',
  severity: 'warning',
  title: 'Files in /tmp stay from one invocation to the next until it is full',
  messages: {
    grows:
      'This file keeps what earlier invocations of the environment have written, and grows until /tmp is full. Write it anew, or remove it before the handler ends.',
    left: 'Every invocation leaves one more file in /tmp, which is kept as long as the environment lives, until it is full. Remove it in a finally block.',
    shared:
      'All items of the batch write this one file at the same time, each over the others. Give every item a file of its own.',
  },
  check(code, report) {
    const calls = fileCalls(code);
    for (const call of calls) {
      const phase = code.phaseAt(call.node);
      if (!isWrite(call) || /^(mkdir|ensureDir|truncate|rename)$/.test(call.name)) continue;
      if (phase !== 'invoke' && phase !== 'both') continue;
      if (!pathStart(call.path, call.scope, code)?.startsWith('/tmp')) continue;
      const isFixed =
        isSameEveryTime(call.path, call.scope, code) && !isNewEachTime(call.path, call.scope, code);
      const message = kindOf(call, isFixed);
      if (!message || (message !== 'shared' && (isLookedFor(call, calls) || isRemoved(call, code)))) continue;
      report({ node: call.path, message });
    }
  },
});

function kindOf(call: FileCall, isFixed: boolean): 'grows' | 'left' | 'shared' | undefined {
  if (call.name === 'mkdtemp') return 'left';
  if (!isFixed) return 'left';
  if (appends(call)) return 'grows';
  return isAtTheSameTime(call.node) ? 'shared' : undefined;
}

/** `appendFile(...)`, and others with the flag `a`. */
function appends({ name, node }: FileCall): boolean {
  if (name === 'appendFile') return true;
  return node.arguments.some(argument => {
    const options = unwrap(argument);
    if (!ts.isObjectLiteralExpression(options)) return false;
    const flag = options.properties.find(property => /^flags?$/.test(staticName(property.name) ?? ''));
    const value = flag && ts.isPropertyAssignment(flag) ? unwrap(flag.initializer) : undefined;
    return value !== undefined && ts.isStringLiteralLike(value) && value.text.startsWith('a');
  });
}

/** In a callback of `Promise.all(list.map(async item => ...))`. */
function isAtTheSameTime(node: ts.Node): boolean {
  const callback = ts.findAncestor(node, ts.isFunctionLike);
  const map = callback?.parent && ts.isCallExpression(callback.parent) ? callback.parent : undefined;
  if (!map || methodOf(map)?.name !== 'map') return false;
  return /^Promise\.all/.test(map.parent.getText()) && ts.isCallExpression(map.parent);
}

/** A file that is looked for first is a cache, which has one file for each thing. */
function isLookedFor({ scope }: FileCall, calls: readonly FileCall[]): boolean {
  return calls.some(
    ({ name, scope: other }) =>
      /^(exists|access|stat|lstat|pathExists|readdir)$/.test(name) && other.unit === scope.unit,
  );
}

/** Which of the files are removed cannot be told: any removal will do. */
function isRemoved({ scope }: FileCall, code: ReachedCode): boolean {
  return code.handlersOf(scope.unit).some(handler => mentions(handler, removals, code));
}

const removals =
  /\b(unlink|rm|rmdir|remove|emptyDir|rimraf|truncate|del)(Sync)?\(|\brm -|setGracefulCleanup|\busing\b/;
