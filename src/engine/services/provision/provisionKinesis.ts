import type { ProjectResources } from '../../../model/projectResources.ts';
import type { Clock } from '../../../shared/clock.ts';
import type { Log } from '../../../shared/log.ts';
import { kinesisCall } from '../calls.ts';
import type { Home } from '../front/front.ts';
import { createProvisioner, type SendCall } from './provisioner.ts';

/** Makes the streams that are not there, and waits until each can be written to. */
export async function provisionKinesis(
  resources: Pick<ProjectResources, 'streams'>,
  home: Home,
  send: SendCall,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): Promise<void> {
  const { resource, call } = createProvisioner(send, log);
  for (const stream of resources.streams) {
    await resource('stream', stream, async () => {
      const StreamName = stream.name;
      await call(
        kinesisCall(home, 'CreateStream', {
          StreamName,
          StreamModeDetails: { StreamMode: stream.mode },
          ...(stream.mode === 'PROVISIONED' ? { ShardCount: stream.shardCount ?? 1 } : {}),
        }),
        'ResourceInUseException',
      );
      for (let attempt = 0; attempt < mostAttempts; attempt++) {
        const summary = await call(kinesisCall(home, 'DescribeStreamSummary', { StreamName }));
        if (summary.includes('"ACTIVE"')) break;
        await new Promise<void>(resolve => {
          clock.after(intervalMs, resolve);
        });
      }
      if (stream.retentionHours > 24) {
        await call(
          kinesisCall(home, 'IncreaseStreamRetentionPeriod', {
            StreamName,
            RetentionPeriodHours: stream.retentionHours,
          }),
          'InvalidArgumentException',
        );
      }
    });
  }
}

const mostAttempts = 100;
const intervalMs = 20;
