/** What a template takes from the account that it would be deployed to. */
export interface ProjectSettings {
  readonly region: string;
  /** Twelve digits. */
  readonly accountId: string;
}

/** The local engine's own account. */
export const defaultSettings: ProjectSettings = { region: 'us-east-1', accountId: '000000000000' };
