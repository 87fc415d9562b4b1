import { basename, dirname } from 'node:path';
import { buildAt } from '../document/build.ts';
import { parseJson } from '../document/parseJson.ts';
import { createDocument, type DocNode, type MapEntry } from '../document/sourceDocument.ts';
import type { Problems } from '../problems.ts';
import type { Reading, ReadingContent } from '../reading.ts';
import { readRoot } from '../readRoot.ts';
import { readStack } from '../readStack.ts';
import type { RootRequest } from '../rootRequest.ts';
import { mergeAttachments } from './attachments.ts';
import { versionIdOf } from './attributes.ts';
import { resourcesOf } from './configuration.ts';
import { type Module, readModule } from './module.ts';
import { type Plan, readPlan } from './plan.ts';
import { withPlan } from './plannedModules.ts';
import { httpConversions } from './resources/http.ts';
import { lambdaConversions } from './resources/lambda.ts';
import { messagingConversions } from './resources/messaging.ts';
import { networkConversions } from './resources/network.ts';
import { securityConversions } from './resources/security.ts';
import type { TfResource } from './tfResource.ts';

/**
 * Reads a Terraform configuration: the .tf files of a folder, or a plan in JSON with those beside it, which
 * then say what a plan leaves open. The root is the plan, or any .tf file of the folder.
 */
export function readTerraform(file: string, request: RootRequest): Promise<Reading> {
  return readRoot(file, request, read);
}

async function read(
  file: string,
  request: RootRequest,
  problems: Problems,
): Promise<ReadingContent | 'broken' | 'not a template'> {
  const folder = dirname(file);
  let plan: Plan | undefined;
  if (file.endsWith('.json')) {
    const content = await request.files.read(file);
    if (content.kind !== 'text' || !content.text.includes('"format_version"')) return 'not a template';
    const root = parseJson(file, content.text, problems);
    if (!root) return 'broken';
    plan = readPlan(root);
    if (!plan) return 'not a template';
  }
  const module = await readModule(folder, request.files, problems);
  if (!module) return 'broken';
  const known = plan ? withPlan(module, plan) : module;
  const resources = resourcesOf(known, plan, type => type in conversions);
  if (resources.length === 0) return 'not a template';
  const addresses = new Map(
    resources.flatMap(({ logicalId, address }) => [
      [logicalId, address] as const,
      [versionIdOf(logicalId), `${address}.version`] as const,
    ]),
  );
  const content = await readStack(file, templateOf(file, resources), {
    ...request,
    problems,
    dialect: 'terraform',
    stackName: basename(folder),
    parameters: new Map(),
    expand: root => ({
      root,
      implicit: new Set(resources.map(({ logicalId }) => versionIdOf(logicalId))),
      generated: new Map(),
    }),
    addressOf: logicalId => addresses.get(logicalId),
  });
  return { ...content, parts: filesOf(module).filter(part => part !== file) };
}

const conversions = {
  ...lambdaConversions,
  ...messagingConversions,
  ...httpConversions,
  ...securityConversions,
  ...networkConversions,
};

/** The files of a module and of those that it calls. */
function filesOf(module: Module): readonly string[] {
  return [...module.files, ...[...module.children.values()].flatMap(filesOf)];
}

function templateOf(file: string, resources: readonly TfResource[]): DocNode {
  const entries = new Map<string, MapEntry>();
  for (const resource of resources) {
    for (const { logicalId, type, properties } of conversions[resource.type]?.(resource) ?? []) {
      const { build } = resource;
      entries.set(logicalId, {
        key: build.scalar(logicalId),
        value: build.map({ Type: type, Properties: properties }),
      });
    }
  }
  const build = buildAt({ document: createDocument(file, ''), start: 0, end: 0 });
  return build.map({ Resources: { ...build.map({}), entries: mergeAttachments(entries) } });
}
