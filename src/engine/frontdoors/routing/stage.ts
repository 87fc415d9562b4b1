import type { ApiDefinition } from '../../../model/http.ts';

export interface StagedPath {
  readonly stage: string;
  /** Percent-encoded, without the stage. */
  readonly path: string;
}

/** The stage that a path begins with; `$default` where it begins with none and there is such a stage. */
export function stageOf({ stages }: Pick<ApiDefinition, 'stages'>, path: string): StagedPath | undefined {
  const [, first = '', rest = ''] = /^\/([^/]*)(.*)$/.exec(path) ?? [];
  if (first !== '' && first !== '$default' && stages.includes(first)) {
    return { stage: first, path: rest === '' ? '/' : rest };
  }
  return stages.includes('$default') ? { stage: '$default', path } : undefined;
}

/** What `stageVariables` of a stage are. */
export function variablesOf(
  { stageVariables, variablesOfStages }: Pick<ApiDefinition, 'stageVariables' | 'variablesOfStages'>,
  stage: string,
): Readonly<Record<string, string>> {
  return variablesOfStages === undefined ? stageVariables : (variablesOfStages[stage] ?? {});
}
