import type { Clock } from '../../../shared/clock.ts';
import { messageOf } from '../../../shared/errors.ts';
import type { HttpReply, HttpRequest, StreamedReply } from '../../api/http.ts';
import { errorInProtocolOf } from '../../api/otherServices.ts';
import { frontError, unsupported } from '../../api/serviceErrors.ts';
import type { Credentials } from '../../ports.ts';
import { passReply, send } from '../upstream.ts';
import { awsEndpoint, type ServiceTarget } from './serviceTargets.ts';
import { signRequest } from './signRequest.ts';

export interface ConfiguredRequest {
  readonly service: string;
  readonly region: string;
  readonly request: HttpRequest;
  readonly requestId: string;
}

export type ConfiguredServices = (
  target: ServiceTarget,
  call: ConfiguredRequest,
) => Promise<HttpReply | StreamedReply>;

/**
 * Passes calls on to where the user wants them to go. An endpoint of the user's gets them signed with the
 * account's id as the key, which always is the same: DynamoDB Local and LocalStack keep the data of one key
 * apart from that of another, and each execution environment has keys of its own.
 */
export function createConfiguredServices(accountId: string, clock: Pick<Clock, 'now'>): ConfiguredServices {
  const profiles = new Map<string, () => Promise<Credentials>>();

  const credentialsFor = async (target: ServiceTarget): Promise<Credentials> => {
    if (target.kind === 'endpoint') return { accessKeyId: accountId, secretAccessKey: 'lambda-lens' };
    const known = profiles.get(target.profile);
    if (known) return known();
    const read = await profileCredentials(target.profile, clock);
    profiles.set(target.profile, read);
    return read();
  };

  return async (target, { service, region, request, requestId }) => {
    const refuse = (message: string) =>
      errorInProtocolOf(service, request, frontError('ServiceUnavailable', 400, message), requestId);
    if (request.headers['x-amz-content-sha256']?.startsWith('STREAMING-AWS4-')) {
      const error = unsupported(
        `${service}:${request.headers['x-amz-content-sha256']}`,
        'cannot be passed on: the signatures of its chunks would no longer be right. Send the body whole.',
      );
      return errorInProtocolOf(service, request, error, requestId);
    }
    const address = target.address ?? awsEndpoint(service, region);
    let credentials: Credentials;
    try {
      credentials = await credentialsFor(target);
    } catch (error) {
      return refuse(
        `The AWS profile that lambdaLens.services names for ${service} has no credentials: ${messageOf(error)}`,
      );
    }
    const signed = await signRequest(request, address, { service, region, credentials });
    try {
      return passReply(await send({ address }, signed));
    } catch (error) {
      return refuse(
        `${address.origin}, which lambdaLens.services names for ${service}, cannot be reached: ${messageOf(error)}. Start what should answer there, or change the setting.`,
      );
    }
  };
}

/** Credentials that expire are read again when they do. */
async function profileCredentials(
  profile: string,
  clock: Pick<Clock, 'now'>,
): Promise<() => Promise<Credentials>> {
  const { fromIni } = await import('@aws-sdk/credential-provider-ini');
  const provider = fromIni({ profile });
  let held: (Credentials & { readonly expiration?: Date }) | undefined;
  return async () => {
    const lasts = held && (held.expiration === undefined || held.expiration.getTime() - clock.now() > 60_000);
    if (!lasts) held = await provider();
    return held as Credentials;
  };
}
