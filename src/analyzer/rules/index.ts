import { callbackHandler } from './callback-handler.ts';
import { clientPerInvocation } from './client-per-invocation.ts';
import { floatingPromise } from './floating-promise.ts';
import { frontDoorResponse } from './front-door-response.ts';
import { heavyImport } from './heavy-import.ts';
import { mutableModuleState } from './mutable-module-state.ts';
import { requestDataInModuleScope } from './request-data-in-module-scope.ts';
import type { Rule } from './rule.ts';
import { timerPerInvocation } from './timer-per-invocation.ts';

/** Every rule, in the order of the alphabet. */
export const rules: readonly Rule[] = [
  callbackHandler,
  clientPerInvocation,
  floatingPromise,
  frontDoorResponse,
  heavyImport,
  mutableModuleState,
  requestDataInModuleScope,
  timerPerInvocation,
];
