import { ts } from 'ts-morph';
import { hoist } from '../fixes/hoist.ts';
import { findCreations } from '../notes.ts';
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
      if (outlivesInvocation(node, site.scope, code)) continue;
      // What init calls as well could run above the place to which it would be moved.
      const isFixable = kind === 'client' && phase === 'invoke' && ts.isNewExpression(node);
      const fix = isFixable ? hoist(node, site.scope, code.file) : undefined;
      report({ node, message: kind, data: { label }, fix });
    }
  },
});
