import type {
  AliasRecord,
  VersionConfiguration,
  VersionRecord,
} from '../../../../src/engine/versions/records.ts';

export const configuration: VersionConfiguration = {
  runtime: 'nodejs24.x',
  handler: 'index.handler',
  timeoutSeconds: 3,
  memorySizeMb: 128,
  environment: {},
  roleArn: 'arn:aws:iam::000000000000:role/r',
};

/** `$LATEST`, or a version, with whatever is given in other ways. */
export function version(more: Partial<VersionRecord> = {}): VersionRecord {
  return {
    number: 0,
    configuration,
    code: { sha256: 'code-1', size: 10, packageFolders: [] },
    revisionId: 'revision-1',
    modifiedAt: 1000,
    ...more,
  };
}

export function alias(more: Partial<AliasRecord> = {}): AliasRecord {
  return { functionName: 'f', name: 'live', version: '1', description: '', revisionId: 'alias-1', ...more };
}
