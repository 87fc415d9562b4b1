import { type DocNode, rangeOf } from '../document/sourceDocument.ts';
import type { Expansion } from './expansion.ts';
import { policyTemplateTable } from './policyTemplateTable.ts';

interface TemplateStatement {
  readonly actions: string[];
  readonly resources: string[];
  readonly conditions: { readonly operator: string; readonly key: string; readonly value: string }[];
}

const templates = readTable(policyTemplateTable);

/** Whether a node of `Policies` is a map of one of SAM's templates and its parameters. */
export function isPolicyTemplate(node: DocNode): boolean {
  const [name] = node.kind === 'map' && node.entries.size === 1 ? node.entries.keys() : [];
  return name !== undefined && templates.has(name);
}

/** The policy document of a template with its parameters filled in; undefined, with a problem, where one is missing. */
export function expandPolicyTemplate(node: DocNode, expansion: Expansion): DocNode | undefined {
  const [[name, entry] = []] = node.kind === 'map' ? node.entries : [];
  const statements = name === undefined ? undefined : templates.get(name);
  if (!statements || !entry) return undefined;
  const given = new Map(expansion.shapes(entry.value).map(([key, entry]) => [key, entry.value]));
  const wanted = new Set(statements.flatMap(parametersOf));
  for (const parameter of wanted) {
    if (given.has(parameter)) continue;
    expansion.scope.problems.error(
      `${name} needs ${[...wanted].join(' and ')}. Add ${parameter}.`,
      rangeOf(node),
    );
    return undefined;
  }
  const build = expansion.build(node);
  const fill = (pattern: string) => {
    const variables = Object.fromEntries(
      [...given].filter(([key]) => pattern.includes(`<${key}>`)).map(([key, value]) => [`p_${key}`, value]),
    );
    const text = pattern
      .replace(':REGION:ACCOUNT:', `:\${AWS::Region}:\${AWS::AccountId}:`)
      .replace(':ACCOUNT:', `:\${AWS::AccountId}:`)
      .replace(/<(\w+)>/g, (_, key: string) => `\${p_${key}}`);
    return text.includes('${') ? build.sub(text, variables) : build.scalar(text);
  };
  const built = statements.map(({ actions, resources, conditions }) => {
    const operators = new Map<string, DocNode>();
    for (const { operator, key, value } of conditions)
      operators.set(operator, build.map({ [key]: fill(value) }));
    return build.map({
      Effect: 'Allow',
      Action: build.seq(actions.map(action => build.scalar(action))),
      Resource: build.seq(resources.map(fill)),
      Condition: operators.size > 0 ? build.map(Object.fromEntries(operators)) : undefined,
    });
  });
  return build.map({ Statement: build.seq(built) });
}

function parametersOf({ resources, conditions }: TemplateStatement): readonly string[] {
  const patterns = [...resources, ...conditions.map(condition => condition.value)];
  return patterns.flatMap(pattern => [...pattern.matchAll(/<(\w+)>/g)].map(match => match[1] ?? ''));
}

function readTable(table: string): ReadonlyMap<string, readonly TemplateStatement[]> {
  const all = new Map<string, TemplateStatement[]>();
  let statements: TemplateStatement[] = [];
  for (const line of table.trim().split('\n')) {
    const [word = '', ...rest] = line.trim().split(' ');
    const last = statements.at(-1);
    if (!line.startsWith(' ')) {
      statements = [];
      all.set(word, statements);
    } else if (word === 'on') last?.resources.push(rest.join(' '));
    else if (word === 'if') {
      const [operator = '', key = '', value = ''] = rest;
      last?.conditions.push({ operator, key, value });
    } else {
      const actions = rest.slice(1).map(action => `${rest[0]}${action}`);
      if (word === 'allow') statements.push({ actions, resources: [], conditions: [] });
      else last?.actions.push(...actions);
    }
  }
  return all;
}
