import type { ProjectSettings } from '../../settings.ts';

/** What references to a resource come to on the local engine, where every name is known beforehand. */
export interface Identity {
  /** What `Ref` returns. */
  readonly ref: string;
  readonly arn?: string;
  /** Attributes of `Fn::GetAtt`. */
  readonly attributes: Readonly<Record<string, string>>;
}

export interface IdentitySubject {
  readonly logicalId: string;
  readonly settings: ProjectSettings;
  readonly stackName: string;
  /** A property as text; undefined where the resource has none. */
  property(...path: readonly string[]): string | undefined;
  /** The literal name that a property gives, else the logical id. */
  name(property: string): string;
  /** How many resources of the type before this one mean the same by a property. */
  before(property: string, meaning: (text: string | undefined) => string | undefined): number;
}

export type Identify = (subject: IdentitySubject) => Identity;

/** Ids in the form of AWS (`subnet-...`), but readable: the letters and digits of the logical id. */
export function physicalId(prefix: string, logicalId: string): string {
  const readable = logicalId.toLowerCase().replace(/[^0-9a-z]/g, '');
  return prefix === '' ? readable : `${prefix}-${readable}`;
}

/** For types whose `Ref` is the name and whose ARN ends with it. */
export function named(service: string, prefix: string, nameProperty: string, attribute = 'Arn'): Identify {
  return ({ settings: { region, accountId }, name }) => {
    const arn = `arn:aws:${service}:${region}:${accountId}:${prefix}${name(nameProperty)}`;
    return { ref: name(nameProperty), arn, attributes: { [attribute]: arn } };
  };
}

/** As `named`, where `Ref` is the ARN. */
export function namedByArn(
  service: string,
  prefix: string,
  nameProperty: string,
  attribute = 'Arn',
): Identify {
  return ({ settings: { region, accountId }, name }) => {
    const arn = `arn:aws:${service}:${region}:${accountId}:${prefix}${name(nameProperty)}`;
    return { ref: arn, arn, attributes: { [attribute]: arn } };
  };
}

/** For types that are known by a generated id. */
export function byId(prefix: string, ...attributes: readonly string[]): Identify {
  return ({ logicalId }) => {
    const id = physicalId(prefix, logicalId);
    return { ref: id, attributes: Object.fromEntries(attributes.map(attribute => [attribute, id])) };
  };
}
