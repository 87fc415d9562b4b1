import type { ProjectModel } from '../../model/functionDefinition.ts';
import type { CompleteHandlerRequest, HandlerCompletions } from '../../model/templateRequests.ts';
import { type CandidateSources, findCandidates } from './handlerCandidates.ts';
import { handlerTextAt } from './handlerText.ts';

/** Reads one template of a project and what it includes, without a look at any other. */
export type ReadTemplate = (
  root: string,
  file: string,
  textOf: (file: string) => string | undefined,
) => Promise<ProjectModel>;

/** Stands for the value that is being typed, so that a template that is only begun can be read. */
const standIn = 'being.typed';

/** The handlers to choose from where the position is in a function's handler; undefined anywhere else. */
export async function completeHandler(
  request: CompleteHandlerRequest,
  readTemplate: ReadTemplate,
  sources: CandidateSources,
): Promise<HandlerCompletions | undefined> {
  const { root, file, line, open } = request;
  const text = open.find(each => each.file === file)?.text;
  const found = text === undefined ? undefined : handlerTextAt(text, line, request.column);
  if (!found) return undefined;
  const imagined = found.replacedBy(standIn);
  const model = await readTemplate(root, file, path =>
    path === file ? imagined : open.find(each => each.file === path)?.text,
  );
  const definition = model.functions.find(({ handler, ranges }) => {
    const at = ranges?.handler;
    return handler === standIn && at?.file === file && at.startLine === line;
  });
  if (!definition) return undefined;
  return {
    range: {
      file,
      startLine: line,
      startColumn: found.startColumn,
      endLine: line,
      endColumn: found.endColumn,
    },
    handlers: await findCandidates(definition, sources),
  };
}
