import { endRequest } from '../fixes/endRequest.ts';
import { endlessRequests } from './requests.ts';
import { defineRule } from './rule.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html */
export const fetchWithoutTimeout = defineRule({
  name: 'fetch-without-timeout',
  severity: 'info',
  title: 'A request that may wait longer than the function has time',
  messages: {
    forever:
      'Nothing ends this request before the function times out, which then fails without having told why. Pass {remedy}, shorter than the timeout of the function{limit}.',
  },
  check(code, report) {
    for (const unit of code.file.units) {
      for (const site of unit.calls) {
        const request = endlessRequests(site, code);
        const phase = request && code.phaseAt(request.node);
        if (!request || phase === undefined || phase === 'init') continue;
        const facts = code.handlersOf(unit).flatMap(handler => code.factsOf(handler));
        const seconds = Math.min(...facts.map(({ timeoutSeconds }) => timeoutSeconds));
        const limit = Number.isFinite(seconds) ? ` of ${seconds} s` : '';
        const fix = request.isFetch ? endRequest(request.node, seconds) : undefined;
        report({ node: request.node, message: 'forever', data: { remedy: request.remedy, limit }, fix });
      }
    }
  },
});
