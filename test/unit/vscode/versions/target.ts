import type { FunctionAlias, FunctionVersion, Target } from '../../../../src/model/target.ts';

export function aliasOf(name: string, version: string, more: Partial<FunctionAlias> = {}): FunctionAlias {
  return { name, version, arn: `arn:${name}`, description: '', revisionId: `${name} ${version}`, ...more };
}

export function versionOf(number: number): FunctionVersion {
  return {
    version: String(number),
    arn: `arn:${number}`,
    description: '',
    codeSha256: `sha ${number}`,
    codeSize: 100,
    lastModified: number,
    revisionId: `revision ${number}`,
  };
}

/** A deployed target that answers what it is given; everything else is not to be called. */
export function targetOf(answers: Partial<Target>): Target {
  const identity = {
    kind: 'aws',
    id: 'aws dev',
    label: 'dev',
    region: 'eu-west-1',
    isReadOnly: false,
  } as const;
  return { identity, ...answers } as Target;
}
