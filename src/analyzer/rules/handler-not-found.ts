import type { FunctionDefinition, ProjectModel } from '../../model/functionDefinition.ts';
import type { SourceRange } from '../../model/source.ts';
import { defineRule } from './rule.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html#nodejs-handler-naming */
export const handlerNotFound = defineRule({
  name: 'handler-not-found',
  severity: 'error',
  title: 'A template names a handler that the code does not have',
  messages: {
    export:
      '{file} does not export {name}{instead}: every invocation fails with Runtime.HandlerNotFound. Export it there, or correct the handler.',
    file: 'There is no source file for the handler {handler}: every invocation fails with Runtime.ImportModuleError. Add the file, or correct the handler.',
  },
  checkTemplates({ model, locationOf }, report) {
    for (const definition of model.functions) {
      const { handler, entryFile } = definition;
      const range = placeOf(definition);
      if (entryFile === undefined) {
        if (isMissed(definition, model) && !isBuilt(handler))
          report({ range, message: 'file', data: { handler } });
        continue;
      }
      const location = locationOf(definition);
      if (location?.kind !== 'missing') continue;
      const name = handler.slice(handler.lastIndexOf('.') + 1);
      const file = entryFile.slice(Math.max(entryFile.lastIndexOf('/'), entryFile.lastIndexOf('\\')) + 1);
      const others = location.exports.slice(0, maximumExports).join(', ');
      const instead = others === '' ? '' : `, but ${others}`;
      report({ range, message: 'export', data: { name, file, instead } });
    }
  },
});

/** A handler in a folder that a build fills is not there before it. */
function isBuilt(handler: string): boolean {
  return /^(\.\/)?(dist|build|out|target|lib|bin|publish|\.build|\.webpack|\.esbuild)\//.test(handler);
}

/** How many exports are named. */
const maximumExports = 5;

function placeOf({ ranges, definedAt }: FunctionDefinition): SourceRange {
  return ranges?.handler ?? definedAt;
}

/** The reader has looked for the file: code that is not in the project has none either, and no problem of it. */
function isMissed(definition: FunctionDefinition, { problems }: ProjectModel): boolean {
  const place = placeOf(definition);
  return problems.some(
    ({ range, message }) =>
      range?.file === place.file &&
      range.startLine === place.startLine &&
      range.startColumn === place.startColumn &&
      message.includes(definition.handler),
  );
}
