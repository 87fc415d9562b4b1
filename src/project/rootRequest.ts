import type { ProjectFiles } from './files.ts';
import type { ProjectSettings } from './settings.ts';

/** What every reader of a root gets. */
export interface RootRequest {
  /** Absolute path of the workspace folder. */
  readonly projectRoot: string;
  readonly files: ProjectFiles;
  readonly settings: ProjectSettings;
}
