import type { EventInvokeConfigDefinition } from '../../../model/versions.ts';
import type { Clock } from '../../../shared/clock.ts';
import type { EventInvokeSetting, SettingTable } from '../../store/settingTable.ts';

/** What can be said of asynchronous invocations; absent members have Lambda's defaults. */
export type EventInvokeChoice = Omit<EventInvokeSetting, 'isDeleted' | 'modifiedAt' | 'over'>;

/** What is said of those of one qualifier. */
export interface EventInvokeConfig extends EventInvokeChoice {
  /** `$LATEST`, a version or an alias. */
  readonly qualifier: string;
  /** Epoch milliseconds. */
  readonly modifiedAt: number;
}

/**
 * What the template and the API say of asynchronous invocations, for each qualifier by itself. The API goes before
 * the template until the template says something else.
 */
export class EventInvokeConfigs {
  readonly #settings: SettingTable;
  readonly #clock: Pick<Clock, 'now'>;
  #defined: ReadonlyMap<string, EventInvokeChoice> = new Map();
  #definedAt = 0;

  constructor(settings: SettingTable, clock: Pick<Clock, 'now'>) {
    this.#settings = settings;
    this.#clock = clock;
  }

  /** What the templates say now. */
  update(definitions: readonly EventInvokeConfigDefinition[]): void {
    this.#defined = new Map(
      definitions.map(definition => [
        keyOf(definition.functionName, definition.qualifier),
        choiceOf(definition),
      ]),
    );
    this.#definedAt = this.#clock.now();
  }

  get(functionName: string, qualifier: string): EventInvokeConfig | undefined {
    const defined = this.#defined.get(keyOf(functionName, qualifier));
    const set = this.#settings.get(functionName, 'eventInvoke', qualifier);
    if (set && set.over === textOf(defined)) {
      return set.isDeleted ? undefined : { ...choiceOf(set), qualifier, modifiedAt: set.modifiedAt };
    }
    return defined && { ...defined, qualifier, modifiedAt: this.#definedAt };
  }

  put(functionName: string, qualifier: string, choice: EventInvokeChoice): EventInvokeConfig {
    const modifiedAt = this.#clock.now();
    this.#set(functionName, qualifier, { ...choice, modifiedAt });
    return { ...choice, qualifier, modifiedAt };
  }

  delete(functionName: string, qualifier: string): void {
    this.#set(functionName, qualifier, { isDeleted: true, modifiedAt: this.#clock.now() });
  }

  /** In the order of the qualifiers. */
  list(functionName: string): readonly EventInvokeConfig[] {
    const prefix = keyOf(functionName, '');
    const qualifiers = new Set([
      ...[...this.#defined.keys()].filter(key => key.startsWith(prefix)).map(key => key.slice(prefix.length)),
      ...this.#settings.list(functionName, 'eventInvoke').map(({ qualifier }) => qualifier),
    ]);
    return [...qualifiers].sort().flatMap(qualifier => this.get(functionName, qualifier) ?? []);
  }

  #set(functionName: string, qualifier: string, setting: EventInvokeSetting): void {
    const over = textOf(this.#defined.get(keyOf(functionName, qualifier)));
    const value = { ...setting, ...(over === undefined ? {} : { over }) };
    this.#settings.put(functionName, 'eventInvoke', value, qualifier);
  }
}

/** A function's name has no line break. */
function keyOf(functionName: string, qualifier: string): string {
  return `${functionName}\n${qualifier}`;
}

function textOf(choice: EventInvokeChoice | undefined): string | undefined {
  return choice && JSON.stringify(choice);
}

function choiceOf(from: EventInvokeChoice): EventInvokeChoice {
  const { maximumRetryAttempts, maximumEventAgeSeconds, onSuccessArn, onFailureArn } = from;
  return {
    ...(maximumRetryAttempts === undefined ? {} : { maximumRetryAttempts }),
    ...(maximumEventAgeSeconds === undefined ? {} : { maximumEventAgeSeconds }),
    ...(onSuccessArn === undefined ? {} : { onSuccessArn }),
    ...(onFailureArn === undefined ? {} : { onFailureArn }),
  };
}
