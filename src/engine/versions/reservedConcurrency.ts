import type { Reservation } from '../invoke/invocation.ts';
import type { Catalog } from './catalog.ts';

/** What a function reserves: what the API has set, unless the template has said another thing since. */
export function reservedConcurrencyOf(
  { settings, workspace }: Catalog,
  functionName: string,
): number | undefined {
  const setting = settings.get(functionName, 'reserved');
  const defined = workspace.definition(functionName)?.reservedConcurrency;
  return setting && setting.over === defined ? setting.reserved : defined;
}

/** Every function that reserves something. */
export function reservations(catalog: Catalog): readonly Reservation[] {
  const names = new Set(catalog.settings.all('reserved').map(({ functionName }) => functionName));
  for (const name of catalog.workspace.names()) {
    if (catalog.workspace.definition(name)?.reservedConcurrency !== undefined) names.add(name);
  }
  return [...names].flatMap(name => {
    const reservedConcurrency = reservedConcurrencyOf(catalog, name);
    return reservedConcurrency === undefined ? [] : [{ name, reservedConcurrency }];
  });
}
