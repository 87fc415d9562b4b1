// The entry of dist/analyzer.js: answers the requests of client.ts.
import { relative, sep } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { OpenText } from '../model/templateRequests.ts';
import { nodeFiles, type ProjectFiles } from '../project/files.ts';
import { createProjectReader, readProject } from '../project/readProject.ts';
import { isUserError, messageOf } from '../shared/errors.ts';
import { analyzeFiles } from './analyzeFiles.ts';
import { CancellationFlags } from './cancellation.ts';
import { keepCompiled } from './compileCache.ts';
import { LastInspection } from './lastInspection.ts';
import { nodeFileSystem } from './modules/fileSystem.ts';
import { SourceStore } from './modules/sourceStore.ts';
import { analyzeOpenFile, explainOpenFile } from './openFile.ts';
import { findingsOfOpenFile, findingsOfProject, fixOpenFile } from './openFindings.ts';
import { knownHandlerOf, type WorkerData, type WorkerReply, type WorkerRequest } from './protocol.ts';
import { rules } from './rules/index.ts';
import { templateFindings } from './rules/templateFindings.ts';
import { StatementIndex } from './statements.ts';
import { completeHandler, type ReadTemplate } from './templates/completeHandler.ts';
import type { CandidateSources } from './templates/handlerCandidates.ts';
import { HandlerFiles } from './templates/handlerFiles.ts';
import { OpenProjects } from './templates/openProjects.ts';
import { repairHandler } from './templates/repairHandler.ts';

class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

const port = parentPort;
if (!port) throw new Error('analyzer.js is a worker thread; it cannot be run by itself');

const { cancellations, compileCache } = workerData as WorkerData;
const flags = new CancellationFlags(cancellations);
const store = new SourceStore(nodeFileSystem);
const index = new StatementIndex();
const last = new LastInspection();
const handlerFiles = new HandlerFiles(nodeFileSystem);
const openProjects = new OpenProjects((root, textOf) => createProjectReader(root, withTexts(textOf)));

if (compileCache !== undefined) keepCompiled(compileCache);
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
    return { id, kind: 'failed', message: messageOf(error), stack, forUser: isUserError(error) };
  }
}

function answer(request: Exclude<WorkerRequest, { operation: 'close' }>, checkpoint: () => void) {
  switch (request.operation) {
    case 'analyze':
      return analyzeOpenFile(request.input, { store, index, last, checkpoint });
    case 'explain':
      return explainOpenFile(request.input, { store, index, checkpoint });
    case 'check':
      return analyzeFiles(store, { ...request.input, checkpoint });
    case 'findings':
      return findingsOfOpenFile(request.input, { store, last, checkpoint });
    case 'fixAll':
      return fixOpenFile(request.input, { store, last, checkpoint });
    case 'projectFindings':
      return findingsOfProject(request.input, { store, checkpoint });
    case 'templateFindings': {
      const { model, severities, open } = request.input;
      return templateFindings(
        {
          model,
          textOf: file => handlerFiles.text(file, open),
          locationOf(definition) {
            checkpoint();
            const handler = knownHandlerOf(definition);
            return handler && handlerFiles.locate(handler, open);
          },
        },
        { severities },
      );
    }
    case 'rules':
      return rules.map(({ name, severity, title }) => ({ name, severity, title }));
    case 'readProject':
      return readProject(request.input.root);
    case 'readOpenProject':
      return openProjects.read(request.input);
    case 'locateHandlers': {
      const { handlers, open } = request.input;
      return handlers.map(handler => {
        checkpoint();
        return handlerFiles.locate(handler, open);
      });
    }
    case 'completeHandler':
      return completeHandler(
        request.input,
        readOneTemplate,
        candidateSources(request.input.open, checkpoint),
      );
    case 'repairHandler':
      return repairHandler(request.input, candidateSources(request.input.open, checkpoint));
  }
}

function candidateSources(open: readonly OpenText[], checkpoint: () => void): CandidateSources {
  return { files: handlerFiles, list: folder => nodeFiles.list(folder), open, checkpoint };
}

/** The file system with other texts in the place of some. */
function withTexts(textOf: (file: string) => string | undefined): ProjectFiles {
  return {
    read(file) {
      const text = textOf(file);
      return text === undefined ? nodeFiles.read(file) : Promise.resolve({ kind: 'text', text });
    },
    list: folder => nodeFiles.list(folder),
  };
}

/** Lets the reader find one file only. */
const readOneTemplate: ReadTemplate = (root, file, textOf) =>
  readProject(root, {
    ...withTexts(textOf),
    list(folder) {
      const [name, ...below] = relative(folder, file).split(sep);
      if (name === undefined || name === '..') return Promise.resolve([]);
      return Promise.resolve([{ name, kind: below.length === 0 ? 'file' : 'folder' }]);
    },
  });
