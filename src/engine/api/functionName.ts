import type { ServiceError } from '../invoke/invocation.ts';
import { invalidParameterValue } from '../invoke/serviceErrors.ts';
import { accessDenied, resourceNotFound } from './serviceErrors.ts';

export interface FunctionReference {
  readonly functionName: string;
  /** As the caller gave it, in the name or beside it; absent when it was given in neither. */
  readonly qualifier?: string;
}

export type ResolvedName =
  | { readonly kind: 'resolved'; readonly reference: FunctionReference }
  | { readonly kind: 'refused'; readonly error: ServiceError };

/**
 * Reads a name that passed {@link functionNameFailures}: a bare or qualified name, `function:name`,
 * `account:function:name`, or an ARN.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#lambda-Invoke-request-FunctionName
 */
export function resolveFunctionName(
  name: string,
  qualifier: string | undefined,
  home: { readonly region: string; readonly accountId: string },
): ResolvedName {
  const parts = nameParts.exec(name)?.groups ?? {};
  if (parts.region !== undefined && parts.region !== home.region) {
    return refused(
      resourceNotFound(
        `Functions from '${parts.region}' are not reachable in this region ('${home.region}')`,
      ),
    );
  }
  if (parts.account !== undefined && parts.account !== home.accountId) {
    // AWS sends no text at all here; a local caller has most likely configured the wrong account.
    return refused(
      accessDenied(
        `Functions of account ${parts.account} cannot be reached: this engine serves account ${home.accountId}.`,
      ),
    );
  }
  if (parts.qualifier !== undefined && qualifier !== undefined && parts.qualifier !== qualifier) {
    return refused(
      invalidParameterValue(
        'The derived qualifier from the function name does not match the specified qualifier.',
      ),
    );
  }
  const effective = qualifier ?? parts.qualifier;
  return {
    kind: 'resolved',
    reference: {
      functionName: parts.name ?? name,
      ...(effective === undefined ? {} : { qualifier: effective }),
    },
  };
}

/** Which constraints of the model a `FunctionName` breaks, in the words of a ValidationException. */
export function functionNameFailures(name: string): readonly string[] {
  return stringFailures('functionName', name, {
    min: 1,
    max: 256,
    pattern: functionNamePattern,
    whole: wholeName,
  });
}

/** The same for a `Qualifier`. */
export function qualifierFailures(qualifier: string): readonly string[] {
  return stringFailures('qualifier', qualifier, {
    min: 1,
    max: 128,
    pattern: qualifierPattern,
    whole: wholeQualifier,
  });
}

export function enumFailures(member: string, value: string, values: readonly string[]): readonly string[] {
  return values.includes(value)
    ? []
    : [failure(member, value, `Member must satisfy enum value set: [${values.join(', ')}]`)];
}

// Lambda's own patterns, in its own notation because they are part of its messages. What the model that the
// SDK ships says of lengths and patterns is not in its schemas.
const functionNamePattern =
  '(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?';
const qualifierPattern = '\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+';
const wholeName = new RegExp(`^(?:${functionNamePattern})$`);
const wholeQualifier = new RegExp(`^(?:${qualifierPattern})$`);

/** The function name pattern again, with names for what is taken out of it. */
const nameParts =
  /^(?:arn:(?:aws[a-zA-Z-]*)?:lambda:)?(?:(?<region>(?:eusc-)?[a-z]{2}(?:-gov|-iso[a-z]?)?-[a-z]+-\d):)?(?:(?<account>\d{12}):)?(?:function:)?(?<name>[a-zA-Z0-9-_.]+)(?::(?<qualifier>\$LATEST(?:\.PUBLISHED)?|[a-zA-Z0-9-_]+))?$/;

function stringFailures(
  member: string,
  value: string,
  limits: { readonly min: number; readonly max: number; readonly pattern: string; readonly whole: RegExp },
): readonly string[] {
  const failures: string[] = [];
  if (value.length < limits.min) {
    failures.push(failure(member, value, `Member must have length greater than or equal to ${limits.min}`));
  }
  if (value.length > limits.max) {
    failures.push(failure(member, value, `Member must have length less than or equal to ${limits.max}`));
  }
  if (!limits.whole.test(value)) {
    failures.push(
      failure(member, value, `Member must satisfy regular expression pattern: ${limits.pattern}`),
    );
  }
  return failures;
}

function failure(member: string, value: string, constraint: string): string {
  return `Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`;
}

function refused(error: ServiceError): ResolvedName {
  return { kind: 'refused', error };
}
