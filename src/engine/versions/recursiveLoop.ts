import type { Catalog } from './catalog.ts';

/**
 * What becomes of a function that calls itself again and again: what the API has set, unless the template has said
 * another thing since.
 */
export function recursiveLoopOf(
  { settings, workspace }: Pick<Catalog, 'settings' | 'workspace'>,
  functionName: string,
): 'Allow' | 'Terminate' {
  const setting = settings.get(functionName, 'recursion');
  const defined = workspace.definition(functionName)?.recursiveLoop;
  return (setting && setting.over === defined ? setting.loop : defined) ?? 'Terminate';
}
