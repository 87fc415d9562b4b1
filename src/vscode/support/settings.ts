import * as vscode from 'vscode';

/** Every setting with its type; a test holds this against package.json. */
export interface Settings {
  'hints.mode': 'edges' | 'full' | 'off';
  'hints.gutter': boolean;
  'hints.background': boolean;
  'hints.codeLens': boolean;
  'hints.hover': boolean;
  'templates.codeLens': boolean;
  'rules.enabled': boolean;
  /** As the user wrote it: ruleSeveritiesOf tells what it means. */
  'rules.severity': Readonly<Record<string, unknown>>;
  'node.path': string;
  'engine.region': string;
  'engine.maxEnvironments': number;
  'engine.idleSeconds': number;
  'engine.freeze': boolean;
  'engine.accountConcurrency': number;
  'target.readOnly': boolean;
  'engine.timeScale': number;
  'http.jwks': string;
  /** Of a path below the folder; empty: the default. */
  'environment.envVars': string;
  'environment.envFiles': Readonly<Record<string, string>>;
  services: Readonly<Record<string, string>>;
}

/** The value of a setting for a resource, as VS Code merges it. */
export function setting<K extends keyof Settings>(name: K, scope?: vscode.ConfigurationScope): Settings[K] {
  const value = vscode.workspace.getConfiguration('lambdaLens', scope).get<Settings[K]>(name);
  if (value === undefined) throw new Error(`package.json does not contribute lambdaLens.${name}`);
  return value;
}
