import type { FunctionDefinition } from '../../model/functionDefinition.ts';
import { reservedVariableNames } from '../../model/reservedVariables.ts';
import type { ServiceError } from '../invoke/invocation.ts';
import { functionNotFound, invalidParameterValue, unsupportedRuntime } from '../invoke/serviceErrors.ts';
import { latestVersion } from '../versions/records.ts';

/** All variables of a function together, names and values. */
const maxVariableBytes = 4096;

export type Admission =
  | { readonly kind: 'admitted'; readonly definition: FunctionDefinition }
  | { readonly kind: 'refused'; readonly error: ServiceError };

/**
 * Whether an invocation of a function is accepted that has no version but `$LATEST`.
 *
 * @param definition the function of that name, if there is one
 * @param functionArn the function's ARN without a qualifier
 */
export function admit(
  definition: FunctionDefinition | undefined,
  functionArn: string,
  qualifier: string = latestVersion,
): Admission {
  if (definition === undefined || qualifier !== latestVersion) {
    return { kind: 'refused', error: functionNotFound(`${functionArn}:${qualifier}`) };
  }
  const error = configurationRefusal(definition);
  return error === undefined ? { kind: 'admitted', definition } : { kind: 'refused', error };
}

/** Runtimes that there is a bootstrap for, or that bring their own. */
const runnable = /^(nodejs\d+\.x|python3\.\d+|provided\.al2(023)?)$/;

/** What keeps a function from running whoever invokes it. */
export function configurationRefusal(definition: FunctionDefinition): ServiceError | undefined {
  if (!runnable.test(definition.runtime)) return unsupportedRuntime(definition.runtime);
  return variablesRefusal(definition.environment);
}

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
function variablesRefusal(variables: Readonly<Record<string, string>>): ServiceError | undefined {
  const prefix =
    'Lambda was unable to configure your environment variables because the environment variables you have provided ';
  const reserved = Object.keys(variables).filter(name => reservedVariableNames.has(name));
  if (reserved.length > 0) {
    return invalidParameterValue(
      `${prefix}contains reserved keys that are currently not supported for modification. ` +
        `Reserved keys used in this request: ${reserved.join(', ')}`,
    );
  }
  const measured = JSON.stringify(variables);
  return Buffer.byteLength(measured) > maxVariableBytes
    ? invalidParameterValue(`${prefix}exceeded the 4KB limit. String measured: ${measured}`)
    : undefined;
}
