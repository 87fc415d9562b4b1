import assert from 'node:assert/strict';
import { awsProfilesOf, type ConfigSections } from '../../../../src/client/targets/awsProfiles.ts';
import type { AwsProfile } from '../../../../src/model/awsAccess.ts';

suite('the profiles of ~/.aws', () => {
  const check = (
    name: string,
    config: ConfigSections,
    credentials: ConfigSections,
    expected: readonly AwsProfile[],
  ) => test(name, () => assert.deepEqual(awsProfilesOf(config, credentials), expected));

  check('are none where there is no file', {}, {}, []);
  check(
    'come from both files, each once, in the order of names',
    { staging: { region: 'eu-central-1' }, default: { region: 'us-east-1' } },
    { default: { aws_access_key_id: 'a' }, keys: { aws_access_key_id: 'b' } },
    [
      { name: 'default', kind: 'keys', region: 'us-east-1' },
      { name: 'keys', kind: 'keys' },
      { name: 'staging', kind: 'keys', region: 'eu-central-1' },
    ],
  );
  check(
    'are not the parts for SSO sessions and services',
    { 'sso-session.corp': { sso_region: 'eu-west-1' }, 'services.local': { lambda: 'x' }, a: {} },
    {},
    [{ name: 'a', kind: 'keys' }],
  );
  check(
    'say how they get credentials, and nothing of these',
    {
      role: { role_arn: 'arn:aws:iam::111122223333:role/x', source_profile: 'default' },
      sso: { sso_session: 'corp' },
      oldSso: { sso_start_url: 'https://example.awsapps.com/start' },
      tool: { credential_process: '/usr/bin/tool --secret hidden' },
    },
    { keys: { aws_secret_access_key: 'hidden' } },
    [
      { name: 'keys', kind: 'keys' },
      { name: 'oldSso', kind: 'sso' },
      { name: 'role', kind: 'role' },
      { name: 'sso', kind: 'sso' },
      { name: 'tool', kind: 'process' },
    ],
  );
});
