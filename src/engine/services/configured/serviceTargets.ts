import { UserError } from '../../../shared/errors.ts';

/** Where the user wants the calls to a service to go. */
export type ServiceTarget =
  | { readonly kind: 'endpoint'; readonly address: URL }
  /** AWS itself, with the credentials of a profile. */
  | { readonly kind: 'profile'; readonly profile: string; readonly address?: URL };

/**
 * Reads the setting `lambdaLens.services`: an endpoint, `profile:<name>`, or `profile:<name>@<endpoint>` for each
 * service, by its signing name.
 *
 * @throws UserError for what is none of these.
 */
export function parseServiceTargets(
  setting: Readonly<Record<string, string>>,
): ReadonlyMap<string, ServiceTarget> {
  return new Map(
    Object.entries(setting).map(([service, value]) => {
      if (!/^[a-z0-9-]+$/.test(service)) {
        throw new UserError(
          `lambdaLens.services names "${service}", which is no service. Use the name that requests are signed for, for example dynamodb.`,
        );
      }
      if (service === 'lambda') {
        throw new UserError(
          'lambdaLens.services names "lambda", which Lambda Lens itself answers. Take the entry out.',
        );
      }
      return [service, parseTarget(service, value)];
    }),
  );
}

function parseTarget(service: string, value: string): ServiceTarget {
  const [, profile, endpoint] = /^profile:([^@]+)(?:@(.+))?$/.exec(value) ?? [];
  if (profile !== undefined) {
    return {
      kind: 'profile',
      profile,
      ...(endpoint === undefined ? {} : { address: parseAddress(service, endpoint) }),
    };
  }
  return { kind: 'endpoint', address: parseAddress(service, value) };
}

function parseAddress(service: string, text: string): URL {
  const address = URL.parse(text);
  if (address && (address.protocol === 'http:' || address.protocol === 'https:')) return address;
  throw new UserError(
    `lambdaLens.services says "${text}" for ${service}. Give an endpoint such as http://127.0.0.1:8000, or profile:<name> for an AWS profile.`,
  );
}

/** Signing names whose endpoint has another one. https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html */
const endpointNames: Readonly<Record<string, string>> = { ses: 'email' };

/** Services with one endpoint for all regions. */
const globalServices: ReadonlySet<string> = new Set(['cloudfront', 'iam', 'organizations', 'route53']);

/** AWS's own endpoint of a service, as most of them are named; `profile:<name>@<endpoint>` is for the others. */
export function awsEndpoint(service: string, region: string): URL {
  const name = endpointNames[service] ?? service;
  if (globalServices.has(service)) return new URL(`https://${name}.amazonaws.com`);
  const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return new URL(`https://${name}.${region}.${domain}`);
}
