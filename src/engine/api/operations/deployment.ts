import { functionArn } from '../../versions/catalog.ts';
import { invalid, type Refused, refused } from '../../versions/errors.ts';
import type { VersionService } from '../../versions/service.ts';
import { resolveFunctionName } from '../functionName.ts';
import type { CodeSource } from './functions/codeInput.ts';

/** What the operations on functions, versions and aliases share. */
export interface Deployment extends VersionService {
  readonly codeSource: CodeSource;
  /** Where an archive can be downloaded for some minutes. */
  readonly codeLocation: (sha256: string) => string;
  /** Where code that was uploaded finds the AWS SDK. */
  readonly sdkFolders: readonly string[];
  /** The URL that a function URL answers at here; undefined before it is served. */
  readonly urlOf: (functionName: string, qualifier: string | undefined) => string | undefined;
  /** Function URLs of the API are others than they were. */
  readonly urlsChanged: () => void;
}

/** A function by a name that may be qualified. */
export function referenceOf(
  { catalog }: Pick<Deployment, 'catalog'>,
  name: string | undefined,
  qualifier?: string,
): { readonly kind: 'named'; readonly functionName: string; readonly qualifier?: string } | Refused {
  const resolved = resolveFunctionName(name ?? '', qualifier === '' ? undefined : qualifier, catalog.home);
  return resolved.kind === 'refused' ? refused(resolved.error) : { kind: 'named', ...resolved.reference };
}

/**
 * A function by a name without a qualifier.
 *
 * @param allowLatest whether `$LATEST` may be named
 */
export function functionOf(
  deployment: Pick<Deployment, 'catalog'>,
  name: string | undefined,
  allowLatest = false,
): { readonly kind: 'named'; readonly functionName: string; readonly arn: string } | Refused {
  const reference = referenceOf(deployment, name);
  if (reference.kind === 'failed') return reference;
  const { functionName, qualifier } = reference;
  if (qualifier !== undefined && !(allowLatest && qualifier === '$LATEST')) {
    return invalid(
      'This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.',
    );
  }
  return { kind: 'named', functionName, arn: functionArn(deployment.catalog, functionName) };
}

export function answered<Output>(output: Output): { readonly kind: 'answered'; readonly output: Output } {
  return { kind: 'answered', output };
}
