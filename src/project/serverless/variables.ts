import { resolve } from 'node:path';
import type { Placeholder } from '../../model/placeholder.ts';
import { buildAt } from '../document/build.ts';
import { parseDocument } from '../document/parseDocument.ts';
import {
  type DocNode,
  descendant,
  type MapEntry,
  rangeOf,
  type ScalarNode,
} from '../document/sourceDocument.ts';
import type { ProjectFiles } from '../files.ts';
import type { Problems } from '../problems.ts';
import type { ProjectSettings } from '../settings.ts';
import { parseVariables, type Source, type TextPart } from './variableSyntax.ts';

/** What variables are resolved against. */
export interface VariableContext {
  readonly files: ProjectFiles;
  readonly settings: ProjectSettings;
  readonly problems: Problems;
  /** The service's folder, which `file()` is relative to. */
  readonly folder: string;
  /** Values of `.env` files. */
  readonly environment: ReadonlyMap<string, string>;
}

/** What a variable comes to: a value, nothing that the next fallback could not replace, or something unknown. */
type Outcome =
  | { readonly kind: 'value'; readonly node: DocNode }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unknown'; readonly reason: string };

/**
 * Resolves the variables of a serverless.yml, as far as its text and that of the files beside it tell.
 * https://www.serverless.com/framework/docs/providers/aws/guide/variables
 */
export class Variables {
  readonly #root: DocNode;
  readonly #context: VariableContext;
  readonly #outcomes = new Map<string, Outcome | 'in progress'>();
  readonly #files = new Map<string, Promise<DocNode | undefined>>();

  constructor(root: DocNode, context: VariableContext) {
    this.#root = root;
    this.#context = context;
  }

  /** The node with every variable in it resolved; what is not known becomes a placeholder. */
  async resolve(node: DocNode): Promise<DocNode> {
    if (node.kind === 'scalar') {
      if (typeof node.value !== 'string' || !node.value.includes('${')) return node;
      return this.#resolveText(node, node.value);
    }
    if (node.kind === 'seq') {
      const items: DocNode[] = [];
      for (const item of node.items) items.push(await this.resolve(item));
      return { ...node, items };
    }
    const entries = new Map<string, MapEntry>();
    for (const [name, { key, value }] of node.entries) {
      const shown = name.includes('${') ? await this.#resolveText(key, name) : key;
      const written = shown.kind === 'scalar' ? String(shown.value) : name;
      entries.set(written, { key: { ...key, value: written }, value: await this.resolve(value) });
    }
    return { ...node, entries };
  }

  async #resolveText(place: ScalarNode, text: string): Promise<DocNode> {
    const parts = parseVariables(text);
    const [only] = parts;
    if (parts.length === 1 && only && typeof only !== 'string') {
      const outcome = await this.#variable(only, place);
      if (outcome.kind === 'value') return outcome.node;
      return unknownAt(place, only.text, reasonOf(outcome));
    }
    const placeholders: Placeholder[] = [];
    let joined = '';
    for (const part of parts) {
      const value = typeof part === 'string' ? undefined : await this.#variable(part, place);
      if (typeof part === 'string') joined += part;
      else if (value?.kind === 'value' && value.node.kind === 'scalar') {
        joined += value.node.value ?? '';
        placeholders.push(...(value.node.placeholders ?? []));
      } else {
        const unknown = unknownAt(place, part.text, value ? reasonOf(value) : '');
        joined += unknown.value;
        placeholders.push(...(unknown.placeholders ?? []));
      }
    }
    return { ...place, value: joined, ...(placeholders.length > 0 && { placeholders }) };
  }

  /** The first source that has a value. */
  async #variable(variable: Exclude<TextPart, string>, place: ScalarNode): Promise<Outcome> {
    const known = this.#outcomes.get(variable.text);
    if (known === 'in progress') {
      this.#context.problems.error(`${variable.text} depends on itself. Break the circle.`, rangeOf(place));
      return { kind: 'unknown', reason: 'It depends on itself.' };
    }
    if (known) return known;
    this.#outcomes.set(variable.text, 'in progress');
    let outcome: Outcome = { kind: 'missing' };
    for (const source of variable.sources) {
      const found = await this.#source(source, place);
      if (found.kind !== 'missing') outcome = found;
      if (found.kind === 'value') break;
    }
    this.#outcomes.set(variable.text, outcome);
    return outcome;
  }

  async #source(source: Source, place: ScalarNode): Promise<Outcome> {
    const build = buildAt(place);
    if (source.kind === 'literal') return { kind: 'value', node: build.scalar(source.value) };
    const address = await this.#plain(source.address, place);
    const argument = await this.#plain(source.argument, place);
    if (address === undefined || argument === undefined) return { kind: 'missing' };
    switch (source.type) {
      case 'self':
        return this.#lookUp(this.#root, address);
      case 'sls':
        if (address === 'stage') return outcomeOf(build.scalar(await this.stage()));
        return { kind: 'unknown', reason: 'The framework makes it up when it runs.' };
      case 'opt':
        return { kind: 'missing' };
      case 'param':
        return this.#parameter(address);
      case 'env': {
        const value = this.#context.environment.get(address);
        return value === undefined ? { kind: 'missing' } : outcomeOf(build.scalar(value));
      }
      case 'file':
        return this.#file(argument, address, place);
      case 'aws':
        return this.#ofAccount(address, place);
      case 'strToBool':
        return outcomeOf(build.scalar(argument === 'true' || argument === '1'));
      default:
        return { kind: 'unknown', reason: `${source.type} is looked up when the service is deployed.` };
    }
  }

  /** The stage that the service is deployed to when nobody names one. */
  async stage(): Promise<string> {
    const written = descendant(this.#root, 'provider', 'stage');
    const resolved = written && (await this.resolve(written));
    const value = resolved?.kind === 'scalar' && !resolved.placeholders ? resolved.value : undefined;
    return value === undefined || value === null ? 'dev' : String(value);
  }

  async #lookUp(root: DocNode, address: string): Promise<Outcome> {
    let at: DocNode | undefined = root;
    for (const name of address === '' ? [] : address.split('.')) {
      if (at?.kind === 'scalar' && typeof at.value === 'string') at = await this.resolve(at);
      at = at?.kind === 'seq' ? at.items[Number(name)] : descendant(at, name);
    }
    return at ? outcomeOf(await this.resolve(at)) : { kind: 'missing' };
  }

  /** `params` by stage, or `stages.<stage>.params` of the framework's fourth version. */
  async #parameter(name: string): Promise<Outcome> {
    const stage = await this.stage();
    for (const key of [stage, 'default']) {
      const found =
        descendant(this.#root, 'params', key, name) ?? descendant(this.#root, 'stages', key, 'params', name);
      if (found) return outcomeOf(await this.resolve(found));
    }
    return { kind: 'missing' };
  }

  async #file(path: string, address: string, place: ScalarNode): Promise<Outcome> {
    const file = resolve(this.#context.folder, path.replace(/^~/, ''));
    if (/\.(c|m)?[jt]s$/.test(file)) {
      return { kind: 'unknown', reason: 'It is computed by a program, which is not run to read a project.' };
    }
    const known = this.#files.get(file) ?? this.#read(file, place);
    this.#files.set(file, known);
    const root = await known;
    return root ? this.#lookUp(root, address) : { kind: 'missing' };
  }

  async #read(file: string, place: ScalarNode): Promise<DocNode | undefined> {
    const content = await this.#context.files.read(file);
    if (content.kind !== 'text') return undefined;
    if (/\.(ya?ml|json)$/.test(file)) return parseDocument(file, content.text, this.#context.problems);
    return buildAt(place).scalar(content.text.trim());
  }

  #ofAccount(address: string, place: ScalarNode): Outcome {
    const { region, accountId } = this.#context.settings;
    const build = buildAt(place);
    if (address === 'accountId') return outcomeOf(build.scalar(accountId));
    if (address === 'region') return outcomeOf(build.scalar(region));
    if (address === 'partition') return outcomeOf(build.scalar('aws'));
    return { kind: 'missing' };
  }

  /** An address with the variables inside of it resolved; undefined when one of them is not known. */
  async #plain(parts: readonly TextPart[], place: ScalarNode): Promise<string | undefined> {
    let text = '';
    for (const part of parts) {
      if (typeof part === 'string') text += part;
      else {
        const outcome = await this.#variable(part, place);
        if (outcome.kind !== 'value' || outcome.node.kind !== 'scalar') return undefined;
        text += outcome.node.value ?? '';
      }
    }
    return text;
  }
}

function outcomeOf(node: DocNode): Outcome {
  if (node.kind === 'scalar' && node.value === null) return { kind: 'missing' };
  return { kind: 'value', node };
}

function reasonOf(outcome: Outcome): string {
  if (outcome.kind === 'unknown') return outcome.reason;
  return 'Nothing gives it a value. Add a default after a comma, or the value itself.';
}

function unknownAt(place: ScalarNode, written: string, reason: string): ScalarNode {
  const text = `<unresolved ${written}>`;
  return { ...place, value: text, placeholders: [{ text, reason, range: rangeOf(place) }] };
}
