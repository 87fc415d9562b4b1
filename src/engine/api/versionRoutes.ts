import { invalidParameterValue } from '../invoke/serviceErrors.ts';
import type { VersionService } from '../versions/service.ts';
import { type HttpReply, type HttpRequest, jsonReply, queryValue } from './http.ts';
import { errorReply, resourceNotFound } from './serviceErrors.ts';

export type VersionRouteParts = Pick<VersionService, 'catalog' | 'held' | 'find' | 'saves'>;

/** What AWS has no operations for: `/_lens/saved`, `/_lens/latest`, `/_lens/alias-changes`, `/_lens/sources`. */
export function versionRoutes({
  catalog,
  held,
  find,
  saves,
}: VersionRouteParts): Readonly<Record<string, (request: HttpRequest) => Promise<HttpReply>>> {
  return {
    'POST /_lens/saved': async request =>
      jsonReply(200, { functions: await saves.saved(named(request, 'file')) }),
    'GET /_lens/latest': async request => jsonReply(200, await held.state(named(request, 'function'))),
    'POST /_lens/latest': async request => {
      const keep = queryValue(request, 'keep');
      if (keep !== 'workspace' && keep !== 'api') {
        return errorReply(invalidParameterValue('The parameter "keep" must be "workspace" or "api".'));
      }
      const name = named(request, 'function');
      return (await held.decide(name, keep))
        ? jsonReply(200, await held.state(name))
        : errorReply(
            resourceNotFound(
              `$LATEST of ${name} is not one that both the workspace and the API have changed.`,
            ),
          );
    },
    'GET /_lens/alias-changes': async request =>
      jsonReply(200, {
        changes: catalog.aliases.changes(named(request, 'function'), named(request, 'alias')),
      }),
    'GET /_lens/sources': async request => {
      const name = named(request, 'function');
      const found = await find.version(name, queryValue(request, 'version'));
      if (found.kind === 'failed') return errorReply(found.error);
      const { code } = found.version;
      if (!code) return errorReply(resourceNotFound(`${name} has no code.`));
      const body = await catalog.archives.read(code.sources ?? code.sha256);
      return {
        status: 200,
        headers: {
          'content-type': 'application/zip',
          // What the names in it are relative to.
          'lambda-lens-sources': code.sources === undefined ? 'codeDirectory' : 'workspace',
        },
        body,
      };
    },
  };
}

function named(request: HttpRequest, parameter: string): string {
  return queryValue(request, parameter) ?? '';
}
