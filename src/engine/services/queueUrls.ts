export interface QueueUrlHome {
  readonly accountId: string;
  /** The engine's endpoint. */
  readonly endpoint: string;
}

/**
 * The variables of a function with the URLs of the account's queues at the engine's endpoint. SDKs send to the
 * host of a queue's URL, wherever their endpoint is: to AWS, that is, were a template's URLs left as they are.
 */
export function withLocalQueueUrls(
  variables: Readonly<Record<string, string>>,
  { accountId, endpoint }: QueueUrlHome,
): Readonly<Record<string, string>> {
  const url = new RegExp(`https://sqs\\.[a-z0-9-]+\\.amazonaws\\.com(?:\\.cn)?/${accountId}/`, 'g');
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name, value.replace(url, `${endpoint}/${accountId}/`)]),
  );
}
