import type { FunctionDefinition, ProjectModel } from '../../model/functionDefinition.ts';
import type { ProjectResources } from '../../model/projectResources.ts';
import { updateFunctions } from '../functions/registry.ts';
import type { WorkspaceFunctions } from './catalog.ts';

/** What the workspace's templates define, as it was read last. */
export interface ReadWorkspace extends WorkspaceFunctions {
  update(project: Pick<ProjectModel, 'functions' | 'resources'>): void;
}

type Resources = Pick<ProjectResources, 'aliases' | 'versions' | 'functionUrls'>;

/** @param root the workspace's folder, by its real path */
export function createWorkspaceFunctions(root: string): ReadWorkspace {
  let functions: ReadonlyMap<string, FunctionDefinition> = new Map();
  let aliases = byFunction<Resources['aliases'][number]>([]);
  let versions = byFunction<Resources['versions'][number]>([]);
  let urls = byFunction<Resources['functionUrls'][number]>([]);
  return {
    root,
    names: () => [...functions.keys()],
    definition: name => functions.get(name),
    aliases: name => aliases.get(name) ?? [],
    versions: name => versions.get(name) ?? [],
    urls: name => urls.get(name) ?? [],
    update(project) {
      functions = updateFunctions(functions, project.functions).functions;
      aliases = byFunction(project.resources?.aliases ?? []);
      versions = byFunction(project.resources?.versions ?? []);
      urls = byFunction(project.resources?.functionUrls ?? []);
    },
  };
}

function byFunction<Part extends { readonly functionName: string }>(
  parts: readonly Part[],
): ReadonlyMap<string, readonly Part[]> {
  return Map.groupBy(parts, ({ functionName }) => functionName);
}
