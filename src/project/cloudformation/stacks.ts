import { basename, dirname, relative } from 'node:path';
import type { StackDefinition } from '../../model/resource.ts';
import type { SourceRange } from '../../model/source.ts';
import { type DocNode, descendant, rangeOf, textOf } from '../document/sourceDocument.ts';
import type { ProjectFiles } from '../files.ts';
import { text, unresolved, type Value } from '../intrinsics/value.ts';
import type { Problems } from '../problems.ts';
import { type ExpandedTemplate, expandTemplate } from '../sam/expandTemplate.ts';
import type { ProjectSettings } from '../settings.ts';
import { importDefinitions } from './apiDefinitions.ts';
import { writeOutLoops } from './forEach.ts';
import { type IncludeContext, readBeside, writeOutIncludes } from './includes.ts';
import type { TemplateInputs } from './inputs.ts';
import type { OpenStack } from './readers/readResources.ts';
import { openTemplate } from './template.ts';
import { TemplateScope } from './templateScope.ts';

/** What a stack is read with. */
export interface StackRequest {
  /** Absolute path of the project's root, which stack ids are relative to. */
  readonly projectRoot: string;
  readonly files: ProjectFiles;
  readonly settings: ProjectSettings;
  readonly problems: Problems;
  readonly dialect?: StackDefinition['dialect'];
  readonly stackName?: string;
  /** Values given to the parameters of the root stack. */
  readonly parameters: ReadonlyMap<string, Value>;
  /** How the root stack is written out as CloudFormation; absent: as SAM. Nested ones always are as SAM. */
  readonly expand?: (root: DocNode, scope: TemplateScope) => ExpandedTemplate;
  /** What tells the stack from others that start at the same file; absent: nothing. */
  readonly stackId?: string;
  /** The folder that the stack's paths are relative to; absent: its template's. */
  readonly folder?: string;
  /** Where a program says a resource of the stack, if the template is the outcome of one. */
  readonly positionOf?: (logicalId: string) => SourceRange | undefined;
  /** Logical ids of resources that are not to be read. */
  readonly ignored?: ReadonlySet<string>;
  /** What the user calls a resource of the stack, if that is not its logical id. */
  readonly addressOf?: (logicalId: string) => string | undefined;
}

export interface ReadStacks {
  /** The stack and, after each, those nested in it. */
  readonly stacks: readonly (OpenStack & { readonly definition: StackDefinition })[];
}

/** Opens a template and every local template that it nests. */
export async function openStacks(file: string, root: DocNode, request: StackRequest): Promise<ReadStacks> {
  const opener = new StackOpener(request);
  await opener.open(file, root, {
    id: request.stackId ?? relative(request.projectRoot, file),
    name: request.stackName ?? basename(dirname(file)),
    parameter: name => request.parameters.get(name),
    within: [file],
  });
  return { stacks: opener.stacks };
}

/** Where a stack stands among the others. */
interface Standing {
  readonly id: string;
  readonly name: string;
  readonly parentId?: string;
  readonly within: readonly string[];
  parameter(name: string): Value | undefined;
}

class StackOpener {
  readonly stacks: (OpenStack & { readonly definition: StackDefinition })[] = [];
  readonly #request: StackRequest;

  constructor(request: StackRequest) {
    this.#request = request;
  }

  async open(file: string, written: DocNode, standing: Standing): Promise<TemplateScope> {
    const { settings, problems, dialect } = this.#request;
    const children = new Map<string, TemplateScope>();
    const generated = new Map<string, string>();
    const inputs: TemplateInputs = {
      settings,
      stackName: standing.name,
      parameter: once(standing.parameter),
      generated: name => generated.get(name),
      output: (logicalId, name, place) => {
        const child = children.get(logicalId);
        return child && outputOf(child, logicalId, name, place);
      },
    };
    const root = await this.#prepare(written, inputs);
    const isNested = standing.parentId !== undefined;
    const expand = isNested ? expandTemplate : (this.#request.expand ?? expandTemplate);
    const expanded = expand(root, new TemplateScope(root, inputs, problems));
    for (const [name, logicalId] of expanded.generated) generated.set(name, logicalId);
    const template = openTemplate(expanded.root, inputs, problems);
    const isSam = isSamTemplate(written);
    const definition: StackDefinition = {
      id: standing.id,
      name: standing.name,
      dialect: dialect === 'cdk' || (dialect && !isNested) ? dialect : isSam ? 'sam' : 'cloudformation',
      file,
      ...(standing.parentId !== undefined && { parentId: standing.parentId }),
    };
    const context = {
      stackId: standing.id,
      folder: (isNested ? undefined : this.#request.folder) ?? dirname(file),
      positionOf: (logicalId: string) => (isNested ? undefined : this.#request.positionOf?.(logicalId)),
      addressOf: (logicalId: string) =>
        (isNested ? undefined : this.#request.addressOf?.(logicalId)) ?? logicalId,
      scope: template.scope,
      implicit: expanded.implicit,
      ignored: (isNested ? undefined : this.#request.ignored) ?? new Set<string>(),
    };
    this.stacks.push({ context, template, definition });
    for (const resource of template.resources.values()) {
      const location = locationOf(resource.type, resource.node);
      if (!location) continue;
      const child = await this.#openNested(
        resource.logicalId,
        location,
        resource.node,
        template.scope,
        standing,
      );
      if (child) children.set(resource.logicalId, child);
    }
    return template.scope;
  }

  /** Everything that takes a file or changes the template's structure, before SAM is written out. */
  async #prepare(written: DocNode, inputs: TemplateInputs): Promise<DocNode> {
    const { files, problems } = this.#request;
    const scope = () => new TemplateScope(written, inputs, problems);
    const context: IncludeContext = { files, problems, text: node => text(scope().evaluate(node)) };
    const included = await writeOutIncludes(written, context);
    const defined = await importDefinitions(included, context);
    return writeOutLoops(
      defined,
      node => new TemplateScope(defined, inputs, problems).evaluate(node),
      problems,
    );
  }

  async #openNested(
    logicalId: string,
    location: DocNode,
    node: DocNode,
    scope: TemplateScope,
    parent: Standing,
  ): Promise<TemplateScope | undefined> {
    const { files, problems } = this.#request;
    const found = await readBeside(location, { files, problems, text: at => text(scope.evaluate(at)) });
    if (!found) return undefined;
    if (parent.within.includes(found.file)) {
      problems.error(`${found.file} is nested in itself. Break the circle.`, rangeOf(location));
      return undefined;
    }
    const parameters = descendant(node, 'Properties', 'Parameters');
    return this.open(found.file, found.root, {
      id: `${parent.id}/${logicalId}`,
      name: `${parent.name}-${logicalId}`,
      parentId: parent.id,
      within: [...parent.within, found.file],
      parameter: name => scope.evaluate(descendant(parameters, name)),
    });
  }
}

/** Evaluated once, and not again while it is: stacks can pass values around in a circle. */
function once(parameter: (name: string) => Value | undefined): (name: string) => Value | undefined {
  const known = new Map<string, Value | undefined>();
  return name => {
    if (known.has(name)) return known.get(name);
    known.set(name, undefined);
    const value = parameter(name);
    known.set(name, value);
    return value;
  };
}

function outputOf(child: TemplateScope, logicalId: string, name: string, place: DocNode): Value {
  const written = child.output(name);
  const value = written && child.evaluate(written);
  if (value) return value;
  return unresolved(
    `Fn::GetAtt ${logicalId}.Outputs.${name}`,
    `The nested stack has no output ${name}.`,
    place,
  );
}

/** The template that a nested stack or application is made from. */
function locationOf(type: string, node: DocNode): DocNode | undefined {
  if (type === 'AWS::CloudFormation::Stack') {
    // The CDK writes the file beside, and a reference to where it will be uploaded.
    return descendant(node, 'Metadata', 'aws:asset:path') ?? descendant(node, 'Properties', 'TemplateURL');
  }
  if (type !== 'AWS::Serverless::Application') return undefined;
  const location = descendant(node, 'Properties', 'Location');
  // An application of the repository is named by a map.
  return descendant(location, 'ApplicationId') ? undefined : location;
}

function isSamTemplate(root: DocNode): boolean {
  const transform = descendant(root, 'Transform');
  const names = transform?.kind === 'seq' ? transform.items : [transform];
  if (names.some(name => textOf(name)?.startsWith('AWS::Serverless-'))) return true;
  const resources = descendant(root, 'Resources');
  if (resources?.kind !== 'map') return false;
  for (const { value } of resources.entries.values()) {
    if (textOf(descendant(value, 'Type'))?.startsWith('AWS::Serverless::')) return true;
  }
  return false;
}
