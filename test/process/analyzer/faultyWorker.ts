// A worker that speaks the analyzer's protocol and ends, throws or hangs as the name of the file says.
import { parentPort } from 'node:worker_threads';
import type { WorkerReply, WorkerRequest } from '../../../src/analyzer/protocol.ts';

parentPort?.on('message', (request: WorkerRequest) => {
  if (request.operation !== 'analyze') return;
  const { file, version } = request.input;
  if (file === 'exit') process.exit(3);
  if (file === 'throw') throw new Error('a bug in the analyzer');
  if (file === 'hang') for (;;);
  const reply: WorkerReply = {
    id: request.id,
    kind: 'done',
    output: {
      version,
      isComplete: true,
      analysis: { path: file, handlers: [], regions: [], notes: [], findings: [] },
      summaries: [],
      hints: [],
      marks: [],
      bands: [],
    },
  };
  parentPort?.postMessage(reply);
});
