/** A target of a destination or a dead-letter queue, by its ARN. */
export interface Target {
  /** For example `sqs`. */
  readonly service: string;
  /** Empty for a bucket. */
  readonly region: string;
  readonly accountId: string;
  /** What comes last: the name of a queue, topic or bucket, `function:<name>[:<qualifier>]`, `event-bus/<name>`. */
  readonly resource: string;
}

/** @returns undefined where the text is no ARN */
export function parseTarget(arn: string): Target | undefined {
  const [prefix, , service = '', region = '', accountId = '', ...rest] = arn.split(':');
  return prefix === 'arn' && rest.length > 0
    ? { service, region, accountId, resource: rest.join(':') }
    : undefined;
}

/** The function that a target is, and which of its versions. */
export function functionOf({ resource }: Target): {
  readonly functionName: string;
  readonly qualifier?: string;
} {
  const [, functionName = '', qualifier] = resource.split(':');
  return { functionName, ...(qualifier === undefined ? {} : { qualifier }) };
}

export function isFifo({ service, resource }: Target): boolean {
  return (service === 'sqs' || service === 'sns') && resource.endsWith('.fifo');
}
