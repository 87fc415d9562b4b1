import { ts } from 'ts-morph';
import type { Fix } from '../../model/finding.ts';
import { hoist } from '../fixes/hoist.ts';
import { keep } from '../fixes/keep.ts';
import { type Creation, findCreations } from '../notes.ts';
import type { FileFacts, Scope } from '../phases/model.ts';
import { outlivesInvocation } from './kept.ts';
import { dependsOnParameter } from './requestData.ts';
import { defineRule } from './rule.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/best-practices.html#function-code */
export const clientPerInvocation = defineRule({
  name: 'client-per-invocation',
  severity: 'warning',
  title: 'An SDK client or a connection is made anew on every invocation',
  messages: {
    client:
      '{label} is built on every invocation: each one starts without open connections or cached credentials. Build it once, outside of the handler.',
    connection:
      '{label} opens a connection on every invocation: each one waits for it, and the database counts them all. Open it once, outside of the handler.',
  },
  check(code, report) {
    for (const { node, kind, label } of findCreations(code.file)) {
      const phase = code.phaseAt(node);
      if (phase !== 'invoke' && phase !== 'both') continue;
      const site = code.siteOf(node);
      if (!site || node.arguments?.some(argument => dependsOnParameter(argument, site.scope))) continue;
      if (outlivesInvocation(node, site.scope, code) || isConnectedOnce(node)) continue;
      // What init calls as well could run above the place to which it would be moved.
      const fix = phase === 'invoke' ? fixOf({ node, kind, label }, site.scope, code.file) : undefined;
      report({ node, message: kind, data: { label }, fix });
    }
  },
});

/** Built when the module is loaded where that can be done as well, else on first use. */
function fixOf({ node, kind, label }: Creation, scope: Scope, file: FileFacts): Fix | undefined {
  const hoisted = ts.isNewExpression(node) ? hoist(node, scope, file) : undefined;
  if (hoisted) return { ...hoisted, isSafe: kind === 'client' };
  const name = kind === 'client' ? label.replace(/^.*\./, '') : 'connection';
  return keep(node, scope, file, { name, verb: kind === 'client' ? 'make' : 'open' });
}

/** `if (mongoose.connection.readyState === 0) await mongoose.connect(uri)` */
function isConnectedOnce(node: ts.Node): boolean {
  const guard = ts.findAncestor(node, ts.isIfStatement);
  return guard !== undefined && /readyState|isConnected|\bconnected\b/i.test(guard.expression.getText());
}
