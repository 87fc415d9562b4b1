import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A workspace of fake functions, and a state directory of the user that is its own. */
export interface TestWorkspace {
  readonly root: string;
  /** For an engine that is told where to keep its state. */
  readonly stateDirectory: string;
  /** What XDG_STATE_HOME is to be for everything that serves or calls this workspace. */
  readonly stateHome: string;
  remove(): Promise<void>;
}

/** Every name that test/support/engine/fakeRuntime.ts gives a behaviour. */
const fakeFunctions = ['echo', 'context', 'slow', 'fails', 'credentials', 'spawns'];

export async function createWorkspace(functions: readonly string[] = fakeFunctions): Promise<TestWorkspace> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'lambda-lens-test-')));
  const root = join(folder, 'workspace');
  await mkdir(root);
  await writeFile(join(root, 'functions.json'), JSON.stringify(functions));
  return {
    root,
    stateDirectory: join(folder, 'state'),
    stateHome: join(folder, 'home'),
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}
