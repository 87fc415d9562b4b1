import type { EventInput } from '../../model/messaging.ts';

/** What a rule's input may name besides the event's own members. */
export interface RuleFacts {
  readonly ruleArn: string;
  readonly ruleName: string;
}

/**
 * What a target of a rule is sent.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 *
 * @param event JSON text
 */
export function targetInput(
  event: string,
  { input, inputPath, inputTransformer }: EventInput,
  facts: RuleFacts,
): string {
  if (input !== undefined) return input;
  if (inputPath !== undefined) return JSON.stringify(valueAt(JSON.parse(event), inputPath) ?? {});
  if (inputTransformer === undefined) return event;
  const { paths, template } = inputTransformer;
  const value: unknown = JSON.parse(event);
  const named: Record<string, unknown> = {
    'aws.events.rule-arn': facts.ruleArn,
    'aws.events.rule-name': facts.ruleName,
    'aws.events.event': value,
    'aws.events.event.json': value,
  };
  for (const [name, path] of Object.entries(paths)) named[name] = valueAt(value, path);
  return filled(template, named);
}

/** Within quotes a value is text, elsewhere JSON; one that the event does not have is an empty text. */
function filled(template: string, named: Readonly<Record<string, unknown>>): string {
  let result = '';
  let isQuoted = false;
  for (let at = 0; at < template.length; at += 1) {
    const character = template.charAt(at);
    const name = character === '<' ? /^<([\w.-]+)>/.exec(template.slice(at))?.[1] : undefined;
    if (name !== undefined && Object.hasOwn(named, name)) {
      const value = named[name] ?? '';
      const json = JSON.stringify(value);
      result += isQuoted
        ? typeof value === 'string'
          ? json.slice(1, -1)
          : json.replaceAll('"', '\\"')
        : json;
      at += name.length + 1;
      continue;
    }
    if (character === '\\' && isQuoted) {
      result += template.slice(at, at + 2);
      at += 1;
      continue;
    }
    if (character === '"') isQuoted = !isQuoted;
    result += character;
  }
  return result;
}

/** A JSONPath of names and indices, which is all that EventBridge takes. */
function valueAt(event: unknown, path: string): unknown {
  const steps = path.matchAll(/\.([\w-]+)|\[(?:'([^']*)'|"([^"]*)"|(\d+))\]/g);
  let value = event;
  for (const [, name, single, double, index] of steps) {
    const key = name ?? single ?? double ?? index ?? '';
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}
