import { functionMissing, invalid, type Refused } from './errors.ts';
import { type AliasRecord, latestVersion, type VersionRecord } from './records.ts';

/** What an alias is to be; what is absent stays as it is. */
export interface AliasTarget {
  readonly version: string;
  /** AWS's AdditionalVersionWeights; an empty one takes the other version away. */
  readonly weights?: Readonly<Record<string, number>> | undefined;
}

export type Routing = Pick<AliasRecord, 'version' | 'additional'>;

/**
 * Where an alias leads, if it may lead there.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html
 *
 * @param versionOf a version of the function, or undefined
 * @param functionArn without a qualifier
 */
export function routingOf(
  { version, weights = {} }: AliasTarget,
  versionOf: (name: string) => Pick<VersionRecord, 'configuration'> | undefined,
  functionArn: string,
): Routing | Refused {
  const main = versionOf(version);
  if (!main) return functionMissing(`${functionArn}:${version}`);
  const [first, ...rest] = Object.entries(weights);
  if (!first) return { version };
  if (rest.length > 0) return invalid('Number of items in AdditionalVersionWeights cannot be greater than 1');
  const [additional, weight] = first;
  if (version === latestVersion) {
    return invalid('$LATEST is not supported for an alias pointing to more than 1 version');
  }
  if (additional === version) {
    return invalid(
      `Invalid function version ${additional}. Function version ${additional} is already included in routing configuration.`,
    );
  }
  const other = versionOf(additional);
  if (!other) return functionMissing(`${functionArn}:${additional}`);
  if (other.configuration.roleArn !== main.configuration.roleArn) {
    return invalid('Function versions of an alias must have the same execution role.');
  }
  if (other.configuration.deadLetterTargetArn !== main.configuration.deadLetterTargetArn) {
    return invalid(
      'Function versions of an alias must have the same dead-letter queue configuration, or none.',
    );
  }
  return { version, additional: { version: additional, weight } };
}

/**
 * The version that one invocation of an alias runs: each is chosen on its own, not in turns.
 *
 * @param random from 0 up to, and without, 1
 */
export function chooseVersion({ version, additional }: Routing, random: () => number): string {
  if (!additional || additional.weight === 0) return version;
  return random() < additional.weight ? additional.version : version;
}

/** The aliases that keep a version from being deleted. */
export function aliasesOf(version: string, aliases: readonly AliasRecord[]): readonly string[] {
  return aliases
    .filter(alias => alias.version === version || alias.additional?.version === version)
    .map(({ name }) => name);
}
