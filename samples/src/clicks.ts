import type { KinesisStreamBatchResponse, KinesisStreamEvent } from 'aws-lambda';

interface Click {
  page: string;
  visitor: string;
}

// Outlives the invocation: what a warm environment returns depends on the batches that it saw before.
const visitors = new Map<string, Set<string>>();

export const handler = async (event: KinesisStreamEvent) => {
  const batchItemFailures: KinesisStreamBatchResponse['batchItemFailures'] = [];
  const views: Record<string, number> = {};
  for (const { kinesis } of event.Records) {
    const click = parseClick(kinesis.data);
    if (!click) {
      console.warn(`Record ${kinesis.sequenceNumber} is not a click`);
      batchItemFailures.push({ itemIdentifier: kinesis.sequenceNumber });
      break;
    }
    views[click.page] = (views[click.page] ?? 0) + 1;
    visitors.set(click.page, (visitors.get(click.page) ?? new Set()).add(click.visitor));
  }
  console.log('Views in this batch:', views);
  const seen = Object.fromEntries([...visitors].map(([page, people]) => [page, people.size]));
  return { batchItemFailures, views, visitors: seen };
};

function parseClick(data: string): Click | undefined {
  try {
    const { page, visitor } = JSON.parse(Buffer.from(data, 'base64').toString()) as Partial<Click>;
    return page && visitor ? { page, visitor } : undefined;
  } catch {
    return undefined;
  }
}
