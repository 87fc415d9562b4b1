import { assumedState } from './assumed-state.ts';
import { batchItemFailures } from './batch-item-failures.ts';
import { callbackHandler } from './callback-handler.ts';
import { clientPerInvocation } from './client-per-invocation.ts';
import { endOfLifeRuntime } from './end-of-life-runtime.ts';
import { environmentPerInvocation } from './environment-per-invocation.ts';
import { eventDataExecuted } from './event-data-executed.ts';
import { fetchWithoutTimeout } from './fetch-without-timeout.ts';
import { floatingPromise } from './floating-promise.ts';
import { frontDoorResponse } from './front-door-response.ts';
import { handlerNotFound } from './handler-not-found.ts';
import { hardCodedRegionOrAccount } from './hard-coded-region-or-account.ts';
import { heavyImport } from './heavy-import.ts';
import { lambdaInvokesLambda } from './lambda-invokes-lambda.ts';
import { mutableModuleState } from './mutable-module-state.ts';
import { nonIdempotentEffect } from './non-idempotent-effect.ts';
import { nonJsonReturn } from './non-json-return.ts';
import { readOnlyFileSystem } from './read-only-file-system.ts';
import { recursiveTrigger } from './recursive-trigger.ts';
import { requestDataInModuleScope } from './request-data-in-module-scope.ts';
import { reservedEnvironmentVariable } from './reserved-environment-variable.ts';
import type { Rule } from './rule.ts';
import { secretLiteral } from './secret-literal.ts';
import { secretPerInvocation } from './secret-per-invocation.ts';
import { sequentialAwaits } from './sequential-awaits.ts';
import { timerPerInvocation } from './timer-per-invocation.ts';
import { tmpFileLeft } from './tmp-file-left.ts';
import { unboundedInit } from './unbounded-init.ts';

/** Every rule, in the order of the alphabet. */
export const rules: readonly Rule[] = [
  assumedState,
  batchItemFailures,
  callbackHandler,
  clientPerInvocation,
  endOfLifeRuntime,
  environmentPerInvocation,
  eventDataExecuted,
  fetchWithoutTimeout,
  floatingPromise,
  frontDoorResponse,
  handlerNotFound,
  hardCodedRegionOrAccount,
  heavyImport,
  lambdaInvokesLambda,
  mutableModuleState,
  nonIdempotentEffect,
  nonJsonReturn,
  readOnlyFileSystem,
  recursiveTrigger,
  requestDataInModuleScope,
  reservedEnvironmentVariable,
  secretLiteral,
  secretPerInvocation,
  sequentialAwaits,
  timerPerInvocation,
  tmpFileLeft,
  unboundedInit,
];
