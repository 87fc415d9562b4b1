// Accounts as a person has them: profiles in files that the environment names.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TestProfiles {
  /** Puts everything back as it was. */
  restore(): Promise<void>;
}

/** Whatever of AWS this machine's own environment has is out of the way until it is restored. */
export async function useProfiles(
  profiles: Readonly<Record<string, Readonly<Record<string, string>>>>,
): Promise<TestProfiles> {
  const folder = await mkdtemp(join(tmpdir(), 'lambda-lens-profiles-'));
  const before = Object.entries(process.env).filter(([name]) => name.startsWith('AWS_'));
  const clear = () => {
    for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  };
  clear();
  const config = join(folder, 'config');
  const sections = Object.entries(profiles).map(
    ([name, values]) =>
      `[profile ${name}]\n${Object.entries(values)
        .map(([key, value]) => `${key} = ${value}\n`)
        .join('')}`,
  );
  await writeFile(config, sections.join('\n'), { mode: 0o600 });
  process.env.AWS_CONFIG_FILE = config;
  process.env.AWS_SHARED_CREDENTIALS_FILE = join(folder, 'credentials');
  process.env.AWS_EC2_METADATA_DISABLED = 'true';
  return {
    async restore() {
      clear();
      Object.assign(process.env, Object.fromEntries(before));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
