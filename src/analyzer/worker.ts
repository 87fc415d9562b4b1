// The entry of dist/analyzer.js: answers the requests of client.ts, one after another.
import { parentPort, workerData } from 'node:worker_threads';
import { readProject } from '../project/readProject.ts';
import { messageOf, UserError } from '../shared/errors.ts';
import { analyzeFile, analyzeFiles } from './analyzeFiles.ts';
import { CancellationFlags } from './cancellation.ts';
import { bandsOf, hintsOf, marksOf } from './hints.ts';
import { nodeFileSystem } from './modules/fileSystem.ts';
import { SourceStore } from './modules/sourceStore.ts';
import type { AnalyzedFile, AnalyzeRequest, WorkerData, WorkerReply, WorkerRequest } from './protocol.ts';

class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

const port = parentPort;
if (!port) throw new Error('analyzer.js is a worker thread; it cannot be run by itself');

const flags = new CancellationFlags((workerData as WorkerData).cancellations);
const store = new SourceStore(nodeFileSystem);

port.on('message', async (request: WorkerRequest) => {
  if (request.operation === 'close') {
    store.close(request.input.file);
    return;
  }
  port.postMessage(await reply(request));
});

async function reply(request: Exclude<WorkerRequest, { operation: 'close' }>): Promise<WorkerReply> {
  const { id } = request;
  const checkpoint = () => {
    if (flags.isCancelled(id)) throw new Cancelled();
  };
  try {
    checkpoint();
    return { id, kind: 'done', output: await answer(request, checkpoint) };
  } catch (error) {
    if (error instanceof Cancelled) return { id, kind: 'cancelled' };
    const stack = error instanceof Error ? (error.stack ?? '') : '';
    return { id, kind: 'failed', message: messageOf(error), stack, forUser: error instanceof UserError };
  }
}

function answer(request: Exclude<WorkerRequest, { operation: 'close' }>, checkpoint: () => void) {
  switch (request.operation) {
    case 'analyze':
      return analyze(request.input, checkpoint);
    case 'check':
      return analyzeFiles(store, { ...request.input, checkpoint });
    case 'readProject':
      return readProject(request.input.root);
  }
}

function analyze(request: AnalyzeRequest, checkpoint: () => void): AnalyzedFile {
  const { file, text, version, mode, handlers = [] } = request;
  const { source } = store.setOpen(file, text);
  const analysis = analyzeFile(store, file, { handlers, checkpoint });
  const starts = source.getLineStarts();
  const lineLength = (line: number) => {
    const start = starts[line - 1] ?? 0;
    const end = starts[line] ?? text.length;
    return text.slice(start, end).replace(/[\r\n\u2028\u2029]+$/, '').length;
  };
  return {
    version,
    analysis,
    hints: hintsOf(analysis, mode, lineLength),
    marks: marksOf(analysis),
    bands: bandsOf(analysis),
  };
}
