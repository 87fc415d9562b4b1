import type { DocNode } from '../document/sourceDocument.ts';
import type { Module } from './module.ts';
import type { Plan, PlannedModule } from './plan.ts';

/** The modules of a workspace with what a plan knows of them, and those that only the plan has. */
export function withPlan(root: Module, plan: Plan): Module {
  const known = join(root, plan.configuration, plan, root);
  const variables = [...plan.variables].map(([name, value]) => [`var.${name}`, value] as const);
  return { ...known, values: new Map([...known.values, ...variables]) };
}

function join(
  written: Module | undefined,
  planned: PlannedModule | undefined,
  plan: Plan,
  identity: Pick<Module, 'folder' | 'prefix' | 'given' | 'parent'>,
): Module {
  const values = new Map<string, DocNode>([...(planned?.values ?? []), ...(written?.values ?? [])]);
  const { folder, prefix, given, parent } = identity;
  for (const [address, value] of plan.data) {
    if (address.startsWith(`${prefix}data.`)) values.set(address.slice(prefix.length), value);
  }
  const children = new Map<string, Module>();
  const module: Module = {
    folder,
    prefix,
    given,
    parent,
    files: written?.files ?? [],
    resources: written?.resources ?? [],
    values,
    children,
  };
  for (const name of new Set([...(written?.children.keys() ?? []), ...(planned?.children.keys() ?? [])])) {
    const own = written?.children.get(name);
    const call = planned?.children.get(name);
    const child = own ?? {
      folder,
      prefix: `${prefix}module.${name}.`,
      given: call?.given,
      parent: undefined,
    };
    children.set(name, join(own, call?.module, plan, { ...child, parent: module }));
  }
  return module;
}
