import { type DocNode, descendant, textOf } from '../document/sourceDocument.ts';
import type { Problems } from '../problems.ts';
import type { Resource, TemplateInputs } from './inputs.ts';
import { TemplateScope } from './templateScope.ts';

/** A template in CloudFormation's terms, with every reference resolved on demand. */
export interface Template {
  readonly root: DocNode;
  readonly scope: TemplateScope;
  /** The resources whose condition holds or is not known, in the order of the template. */
  readonly resources: ReadonlyMap<string, Resource>;
}

export function openTemplate(root: DocNode, inputs: TemplateInputs, problems: Problems): Template {
  const scope = new TemplateScope(root, inputs, problems);
  const resources = new Map<string, Resource>();
  for (const [logicalId, resource] of scope.resources) {
    if (isWanted(resource.node, scope)) resources.set(logicalId, resource);
  }
  return { root, scope, resources };
}

/** Whether a resource's condition holds, or may hold. */
export function isWanted(resource: DocNode, scope: TemplateScope): boolean {
  const condition = textOf(descendant(resource, 'Condition'));
  return condition === undefined || scope.condition(condition, resource) !== false;
}
