import type { FunctionDefinition } from '../../model/functionDefinition.ts';

/** The ARN of a function's role. SAM makes one of this name where the template gives none. */
export function executionRole(
  { roleArn, logicalId }: Pick<FunctionDefinition, 'roleArn' | 'logicalId'>,
  accountId: string,
): string {
  return roleArn ?? `arn:aws:iam::${accountId}:role/${logicalId}Role`;
}
