// dist/aws.js: what the extension and the command line require at their first call to an engine or to AWS. It holds the
// AWS SDK, which is too large to be loaded before it is needed.
import type { AwsProfile } from '../model/awsAccess.ts';
import type { Target } from '../model/target.ts';
import type { Disposable } from '../shared/disposable.ts';
import { connectEngine as connect } from './connectEngine.ts';
import type { ConnectOptions, EngineConnection } from './connection.ts';
import { listAwsProfiles as listProfiles } from './targets/awsProfiles.ts';
import { type AwsTargetOptions, openAwsTarget as openTarget } from './targets/awsTarget.ts';

/** See {@link connect}. */
export function connectEngine(options: ConnectOptions): Promise<EngineConnection> {
  return connect(options);
}

/** See {@link listProfiles}. */
export function listAwsProfiles(): Promise<readonly AwsProfile[]> {
  return listProfiles();
}

/** See {@link openTarget}. */
export function openAwsTarget(options: AwsTargetOptions): Promise<Target & Disposable> {
  return openTarget(options);
}
