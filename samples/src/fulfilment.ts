import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { Print } from './lib/prices';

export const handler = async (event: SQSEvent): Promise<SQSBatchResponse> => {
  // Built anew for each batch: credentials are resolved and connections opened every time.
  const sqs = new SQSClient({});
  const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
  for (const { messageId, body } of event.Records) {
    try {
      const { orderId, prints } = JSON.parse(body) as { orderId: string; prints: Print[] };
      for (const print of prints) {
        await sqs.send(
          new SendMessageCommand({
            QueueUrl: process.env.PRINT_QUEUE,
            MessageBody: JSON.stringify({ orderId, ...print }),
          }),
        );
      }
      // Nobody waits for this one. The environment freezes when the handler returns, and the notice may go
      // out with a later batch, or never.
      notifyCustomer(orderId);
    } catch (error) {
      console.error(`Message ${messageId} goes back to the queue:`, error);
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
};

async function notifyCustomer(orderId: string) {
  await new Promise(resolve => setTimeout(resolve, 200));
  console.log(`Told the customer of ${orderId}`);
}
