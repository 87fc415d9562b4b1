import type { DatabaseSync } from 'node:sqlite';
import type { RuleDefinition } from '../../model/messaging.ts';

/** A rule of an event bus, wherever it is from. */
export interface BusRule
  extends Pick<
    RuleDefinition,
    'name' | 'eventBusName' | 'enabled' | 'eventPattern' | 'scheduleExpression' | 'targets'
  > {
  readonly description?: string;
  readonly roleArn?: string;
  /** Where a template defines it; absent for the rules of the API. */
  readonly definedAt?: RuleDefinition['definedAt'];
}

/**
 * The rules of the templates and of the API. What the API says of a rule goes before the template until the template
 * says something else.
 */
export interface BusRules {
  /** What the templates say now. */
  update(definitions: readonly RuleDefinition[]): void;
  /** By name. @param eventBusName absent: of every bus */
  list(eventBusName?: string): readonly BusRule[];
  get(eventBusName: string, name: string): BusRule | undefined;
  put(rule: BusRule): void;
  delete(eventBusName: string, name: string): void;
}

interface StoredRule {
  /** Absent: the rule was deleted. */
  readonly rule?: BusRule;
  /** What the template said of it then. */
  readonly over?: string;
}

/** @param onChange called after every change by the API */
export function createBusRules(database: DatabaseSync, onChange: () => void): BusRules {
  const all = database.prepare('SELECT key, value FROM event_rule');
  const write = database.prepare('INSERT OR REPLACE INTO event_rule (key, value) VALUES (?, ?)');
  const remove = database.prepare('DELETE FROM event_rule WHERE key = ?');
  const stored = new Map<string, StoredRule>(
    all.all().map(row => [String(row.key), JSON.parse(String(row.value)) as StoredRule]),
  );
  let defined: ReadonlyMap<string, BusRule> = new Map();

  const get = (key: string): BusRule | undefined => {
    const definition = defined.get(key);
    const set = stored.get(key);
    return set && set.over === textOf(definition) ? set.rule : definition;
  };
  const set = (key: string, rule: BusRule | undefined) => {
    const over = textOf(defined.get(key));
    const value = { ...(rule ? { rule } : {}), ...(over === undefined ? {} : { over }) };
    if (rule || over !== undefined) {
      write.run(key, JSON.stringify(value));
      stored.set(key, value);
    } else {
      remove.run(key);
      stored.delete(key);
    }
    onChange();
  };

  return {
    update(definitions) {
      defined = new Map(definitions.map(rule => [keyOf(rule.eventBusName, rule.name), rule]));
    },
    list: bus =>
      [...new Set([...defined.keys(), ...stored.keys()])]
        .sort()
        .flatMap(key => get(key) ?? [])
        .filter(rule => bus === undefined || rule.eventBusName === bus),
    get: (bus, name) => get(keyOf(bus, name)),
    put: ({ definedAt: _of, ...rule }) => set(keyOf(rule.eventBusName, rule.name), rule),
    delete: (bus, name) => set(keyOf(bus, name), undefined),
  };
}

/** Neither name has a line break. */
function keyOf(eventBusName: string, name: string): string {
  return `${eventBusName}\n${name}`;
}

/** Without its place, which moves with every line above it. */
function textOf(rule: BusRule | undefined): string | undefined {
  if (!rule) return undefined;
  const { name, eventBusName, enabled, eventPattern, scheduleExpression, targets } = rule;
  return JSON.stringify({ name, eventBusName, enabled, eventPattern, scheduleExpression, targets });
}
