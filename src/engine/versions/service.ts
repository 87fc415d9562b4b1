import { followedGroup } from '../invoke/invocation.ts';
import { type Catalog, type CatalogParts, createCatalog } from './catalog.ts';
import { createDeployedFunctions, type LocalEnvironment, type StoredFunctions } from './deployed.ts';
import { createFinder, type Finder } from './find.ts';
import { createHeldLatest, type HeldLatest } from './heldLatest.ts';
import { createProvisioning, type Provisioning } from './provisioning.ts';
import { createSaves, type Saves } from './saves.ts';
import { createTemplateVersions, type TemplateVersions } from './templateVersions.ts';
import { createWorkspaceLatest } from './workspaceLatest.ts';

/** Functions, versions and aliases: what operations change and what invocations ask. */
export interface VersionService {
  readonly catalog: Catalog;
  readonly find: Finder;
  readonly held: HeldLatest;
  readonly template: TemplateVersions;
  readonly deployed: StoredFunctions;
  readonly provisioning: Provisioning;
  readonly saves: Saves;
}

/** @param localEnvironment see DeployedParts */
export function createVersionService(
  parts: CatalogParts,
  localEnvironment: LocalEnvironment,
): VersionService {
  const catalog = createCatalog(parts);
  const latest = createWorkspaceLatest(catalog);
  const template = createTemplateVersions(catalog, latest, name => provisioning.apply(name));
  const held = createHeldLatest(catalog, latest);
  const deployed = createDeployedFunctions(catalog, {
    template,
    localEnvironment,
    watchHeld: name => held.watch(name),
    watchFollowed: name => {
      if (provisioning.wanted(name).has(followedGroup)) provisioning.apply(name);
    },
  });
  const provisioning = createProvisioning(catalog, deployed, template);
  return {
    catalog,
    held,
    template,
    find: createFinder(catalog, latest, template),
    deployed,
    provisioning,
    saves: createSaves(catalog, held, provisioning),
  };
}
