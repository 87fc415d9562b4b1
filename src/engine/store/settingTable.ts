import type { DatabaseSync } from 'node:sqlite';

/** What the API has set for a function beside its versions, as JSON. */
export interface SettingTable {
  /** @param qualifier empty for the function itself */
  get<Kind extends keyof FunctionSettings>(
    functionName: string,
    kind: Kind,
    qualifier?: string,
  ): FunctionSettings[Kind] | undefined;
  put<Kind extends keyof FunctionSettings>(
    functionName: string,
    kind: Kind,
    value: FunctionSettings[Kind],
    qualifier?: string,
  ): void;
  remove(functionName: string, kind: keyof FunctionSettings, qualifier?: string): void;
  removeQualifier(functionName: string, qualifier: string): void;
  removeAll(functionName: string): void;
  /** Of one function, in the order of qualifiers. */
  list<Kind extends keyof FunctionSettings>(
    functionName: string,
    kind: Kind,
  ): readonly { readonly qualifier: string; readonly value: FunctionSettings[Kind] }[];
  /** Of all functions. */
  all<Kind extends keyof FunctionSettings>(
    kind: Kind,
  ): readonly {
    readonly functionName: string;
    readonly qualifier: string;
    readonly value: FunctionSettings[Kind];
  }[];
}

/** What there is to set, and what it is set to. */
export interface FunctionSettings {
  reserved: ReservedSetting;
  provisioned: ProvisionedSetting;
  url: UrlSetting;
  eventInvoke: EventInvokeSetting;
  recursion: RecursionSetting;
  tags: Readonly<Record<string, string>>;
  /** Which version a template's resource, by stack and logical id, was published as. */
  templateVersion: { readonly number: number };
}

export interface ReservedSetting {
  /** Absent: none is reserved. */
  readonly reserved?: number;
  /** What the template said when this was set: another word of the template counts again. */
  readonly over?: number;
}

/** What becomes of asynchronous invocations of a qualifier; absent members have Lambda's defaults. */
export interface EventInvokeSetting {
  readonly maximumRetryAttempts?: number;
  readonly maximumEventAgeSeconds?: number;
  readonly onSuccessArn?: string;
  readonly onFailureArn?: string;
  /** The API has taken away what there was; nothing else is set then. */
  readonly isDeleted?: true;
  /** Epoch milliseconds. */
  readonly modifiedAt: number;
  /** What the template said when this was set, as JSON: another word of the template counts again. */
  readonly over?: string;
}

export interface RecursionSetting {
  readonly loop: 'Allow' | 'Terminate';
  /** What the template said when this was set: another word of the template counts again. */
  readonly over?: 'Allow' | 'Terminate';
}

export interface ProvisionedSetting {
  /** 0: the API has taken away what the template provisions. */
  readonly requested: number;
  /** What the template said when this was set: another word of the template counts again. */
  readonly over?: number;
  /** Epoch milliseconds. */
  readonly modifiedAt: number;
}

export interface UrlSetting {
  readonly id: string;
  readonly authType: 'NONE' | 'AWS_IAM';
  readonly invokeMode: 'BUFFERED' | 'RESPONSE_STREAM';
  readonly cors?: {
    readonly allowCredentials?: boolean;
    readonly allowHeaders?: readonly string[];
    readonly allowMethods?: readonly string[];
    readonly allowOrigins?: readonly string[];
    readonly exposeHeaders?: readonly string[];
    readonly maxAgeSeconds?: number;
  };
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly modifiedAt: number;
}

export function createSettingTable(database: DatabaseSync): SettingTable {
  const get = database.prepare(
    'SELECT value FROM function_setting WHERE function_name = ? AND kind = ? AND qualifier = ?',
  );
  const put = database.prepare(
    'INSERT OR REPLACE INTO function_setting (function_name, kind, qualifier, value) VALUES (?, ?, ?, ?)',
  );
  const remove = database.prepare(
    'DELETE FROM function_setting WHERE function_name = ? AND kind = ? AND qualifier = ?',
  );
  const removeQualifier = database.prepare(
    'DELETE FROM function_setting WHERE function_name = ? AND qualifier = ?',
  );
  const removeAll = database.prepare('DELETE FROM function_setting WHERE function_name = ?');
  const list = database.prepare(
    'SELECT qualifier, value FROM function_setting WHERE function_name = ? AND kind = ? ORDER BY qualifier',
  );
  const all = database.prepare(
    'SELECT function_name, qualifier, value FROM function_setting WHERE kind = ? ORDER BY function_name, qualifier',
  );
  return {
    get: <Kind extends keyof FunctionSettings>(functionName: string, kind: Kind, qualifier = '') => {
      const value = get.get(functionName, kind, qualifier)?.value;
      return typeof value === 'string' ? (JSON.parse(value) as FunctionSettings[Kind]) : undefined;
    },
    put: (functionName, kind, value, qualifier = '') => {
      put.run(functionName, kind, qualifier, JSON.stringify(value));
    },
    remove: (functionName, kind, qualifier = '') => {
      remove.run(functionName, kind, qualifier);
    },
    removeQualifier: (functionName, qualifier) => {
      removeQualifier.run(functionName, qualifier);
    },
    removeAll: functionName => {
      removeAll.run(functionName);
    },
    list: <Kind extends keyof FunctionSettings>(functionName: string, kind: Kind) =>
      list.all(functionName, kind).map(row => ({
        qualifier: String(row.qualifier),
        value: JSON.parse(String(row.value)) as FunctionSettings[Kind],
      })),
    all: <Kind extends keyof FunctionSettings>(kind: Kind) =>
      all.all(kind).map(row => ({
        functionName: String(row.function_name),
        qualifier: String(row.qualifier),
        value: JSON.parse(String(row.value)) as FunctionSettings[Kind],
      })),
  };
}
