import { LambdaClient } from '@aws-sdk/client-lambda';
import type { ServeLine } from './cli.ts';

/** An ordinary client of what `serve` printed. */
export function lambdaClient(line: Omit<ServeLine, 'functions' | 'accountId'>): LambdaClient {
  const { endpoint, region, accessKeyId, secretAccessKey } = line;
  return new LambdaClient({
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 1,
  });
}
