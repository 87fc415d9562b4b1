// dist/service-fauxqs.js: SQS, SNS and S3, in a process of their own.
import { runHost } from './runHost.ts';

const port = 1;

runHost(port, async ({ dataDirectory, region, accountId }) => {
  // Read when fauxqs is loaded; src/scripts/adjustFauxqs.ts has put it there.
  process.env.LAMBDA_LENS_ACCOUNT_ID = accountId;
  const { startFauxqs } = await import('fauxqs');
  await startFauxqs({ port, logger: false, dataDir: dataDirectory, defaultRegion: region });
});
