import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

interface StockRequest {
  paper: string;
  sheets: number;
}

const s3 = new S3Client({});
const sqs = new SQSClient({});

export const handler = async ({ paper, sheets }: StockRequest) => {
  const available = await askWarehouse(paper).catch(() => readSnapshot(paper));
  if (available < sheets) {
    // The warehouse's subnets have a way to S3, and none to SQS: on AWS this call hangs until the timeout.
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: process.env.REORDER_QUEUE,
        MessageBody: JSON.stringify({ reorder: paper, sheets: sheets - available }),
      }),
    );
  }
  return { paper, available, enough: available >= sheets };
};

async function askWarehouse(paper: string): Promise<number> {
  const response = await fetch(`${process.env.WAREHOUSE_URL}/${paper}`, {
    signal: AbortSignal.timeout(2000),
  });
  const { sheets } = (await response.json()) as { sheets: number };
  return sheets;
}

async function readSnapshot(paper: string): Promise<number> {
  const { Body } = await s3.send(
    new GetObjectCommand({ Bucket: process.env.STOCK_BUCKET, Key: 'latest.json' }),
  );
  const stock = JSON.parse((await Body?.transformToString()) ?? '{}') as Record<string, number>;
  return stock[paper] ?? 0;
}
