import type { ProvisionedSetting } from '../store/settingTable.ts';
import type { Catalog } from './catalog.ts';
import { reservedConcurrencyOf } from './reservedConcurrency.ts';

/** Environments that are to be kept for a version or an alias. */
export interface Provisioned {
  /** A number or an alias. */
  readonly qualifier: string;
  readonly requested: number;
  /** How many of them this machine keeps. */
  readonly granted: number;
  /** Epoch milliseconds; absent where a template says so. */
  readonly modifiedAt?: number;
}

/** What a template says of a qualifier. */
export function provisionedByTemplate(
  catalog: Catalog,
  functionName: string,
  qualifier: string,
): number | undefined {
  return templateWishes(catalog, functionName).find(wish => wish.qualifier === qualifier)?.requested;
}

/**
 * In the order of qualifiers: what the API has set, and what the template says unless the API was told otherwise
 * since.
 *
 * Templates are written for accounts with room for a thousand environments. Together they get what the API leaves of
 * the half of what this machine has, in the order of names, so that there is room to invoke other functions.
 */
export function provisionedOf(catalog: Catalog, functionName: string): readonly Provisioned[] {
  const own = wishesOf(catalog, functionName);
  return own.some(wish => wish.modifiedAt === undefined)
    ? own.map(wish => ({ ...wish, granted: grantedTo(catalog, functionName, wish) }))
    : own.map(wish => ({ ...wish, granted: wish.requested }));
}

/** Every function that the API or a template provisions something for, in the order of names. */
export function provisionedNames(catalog: Catalog): readonly string[] {
  const names = new Set(catalog.settings.all('provisioned').map(({ functionName }) => functionName));
  for (const name of catalog.workspace.names()) if (isProvisionedByTemplate(catalog, name)) names.add(name);
  return [...names].sort();
}

/** Whether a template provisions something for one of a function's versions and aliases. */
export function isProvisionedByTemplate({ workspace }: Catalog, functionName: string): boolean {
  return [...workspace.aliases(functionName), ...workspace.versions(functionName)].some(
    ({ provisionedConcurrency = 0 }) => provisionedConcurrency > 0,
  );
}

/** What the API has set, for all functions together. */
export function provisionedByApi(catalog: Catalog): readonly (ProvisionedSetting & {
  readonly functionName: string;
  readonly qualifier: string;
})[] {
  return catalog.settings
    .all('provisioned')
    .map(({ functionName, qualifier, value }) => ({ functionName, qualifier, ...value }));
}

type Wish = Omit<Provisioned, 'granted'>;

function wishesOf(catalog: Catalog, functionName: string): readonly Wish[] {
  const wishes = new Map(templateWishes(catalog, functionName).map(wish => [wish.qualifier, wish]));
  for (const { qualifier, value } of catalog.settings.list(functionName, 'provisioned')) {
    const { requested, modifiedAt, over } = value;
    if (over !== wishes.get(qualifier)?.requested && wishes.has(qualifier)) continue;
    if (requested === 0) wishes.delete(qualifier);
    else wishes.set(qualifier, { qualifier, requested, modifiedAt });
  }
  return [...wishes.values()].sort((a, b) => (a.qualifier < b.qualifier ? -1 : 1));
}

/** A version of a template is known by its number once it is published. */
function templateWishes({ workspace, settings }: Catalog, functionName: string): readonly Wish[] {
  const versions = workspace.versions(functionName).flatMap(({ logicalId, provisionedConcurrency = 0 }) => {
    const number = settings.get(functionName, 'templateVersion', logicalId)?.number;
    return number === undefined || provisionedConcurrency <= 0
      ? []
      : [{ qualifier: String(number), requested: provisionedConcurrency }];
  });
  const aliases = workspace
    .aliases(functionName)
    .flatMap(({ name, provisionedConcurrency = 0 }) =>
      provisionedConcurrency > 0 ? [{ qualifier: name, requested: provisionedConcurrency }] : [],
    );
  return [...versions, ...aliases];
}

function grantedTo(
  catalog: Catalog,
  functionName: string,
  { qualifier, modifiedAt, requested }: Wish,
): number {
  if (modifiedAt !== undefined) return requested;
  const byApi = provisionedByApi(catalog).reduce((sum, setting) => sum + setting.requested, 0);
  let room = Math.max(0, Math.floor(catalog.limits.maxEnvironments / 2) - byApi);
  for (const name of provisionedNames(catalog)) {
    let reserved = reservedConcurrencyOf(catalog, name) ?? Number.POSITIVE_INFINITY;
    for (const wish of wishesOf(catalog, name)) {
      const granted =
        wish.modifiedAt === undefined ? Math.min(wish.requested, room, reserved) : wish.requested;
      if (name === functionName && wish.qualifier === qualifier) return granted;
      if (wish.modifiedAt === undefined) room -= granted;
      reserved -= granted;
    }
  }
  return 0;
}
