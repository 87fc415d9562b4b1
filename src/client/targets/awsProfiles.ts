import { loadSharedConfigFiles } from '@smithy/core/config';
import type { AwsProfile } from '../../model/awsAccess.ts';

/** The parts of the files below `~/.aws`, by their names. */
export type ConfigSections = Readonly<Record<string, Readonly<Record<string, string | undefined>>>>;

/** The profiles of `~/.aws/config` and `~/.aws/credentials`, or of the files that the environment names instead. */
export async function listAwsProfiles(): Promise<readonly AwsProfile[]> {
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ignoreCache: true });
  return awsProfilesOf(configFile, credentialsFile);
}

/** By their names; nothing but names, regions and what kind of credentials they have. */
export function awsProfilesOf(config: ConfigSections, credentials: ConfigSections): readonly AwsProfile[] {
  const names = new Set([...Object.keys(config), ...Object.keys(credentials)].filter(isProfile));
  return [...names].sort().map(name => {
    const section = { ...config[name], ...credentials[name] };
    const { region } = section;
    return { name, kind: kindOf(section), ...(region === undefined ? {} : { region }) };
  });
}

/** The parts for SSO sessions and services are none. */
function isProfile(name: string): boolean {
  return !/^(?:sso-session|services)[. ]/.test(name);
}

function kindOf(section: Readonly<Record<string, string | undefined>>): AwsProfile['kind'] {
  if (section.sso_session !== undefined || section.sso_start_url !== undefined) return 'sso';
  if (section.role_arn !== undefined) return 'role';
  return section.credential_process === undefined ? 'keys' : 'process';
}
