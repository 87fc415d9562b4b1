import type { NamedResource, ResourceDefinition } from '../../../model/resource.ts';
import type { Log } from '../../../shared/log.ts';
import type { HttpReply, HttpRequest } from '../../api/http.ts';

/** Sends a request of the engine's own to the embedded service. */
export type SendCall = (request: HttpRequest) => Promise<HttpReply>;

/** Puts resources of the workspace's templates into an embedded service, each by itself. */
export interface Provisioner {
  /** What one resource takes; what goes wrong is logged with the place of its definition. */
  resource(
    kind: string,
    resource: ResourceDefinition & Partial<NamedResource>,
    put: () => Promise<void>,
  ): Promise<void>;
  /** @throws where the service refuses and the refusal is none of the tolerated ones. */
  call(request: HttpRequest, ...tolerated: readonly string[]): Promise<string>;
}

export function createProvisioner(send: SendCall, log: Log): Provisioner {
  return {
    async resource(kind, { logicalId, name = logicalId, definedAt }, put) {
      const place = `${definedAt.file}:${definedAt.startLine}`;
      if (name.includes('<unresolved')) {
        log.warn(`${place}: the ${kind} ${logicalId} was not made: its name is not known before deployment.`);
        return;
      }
      try {
        await put();
      } catch (error) {
        log.warn(
          `${place}: the ${kind} ${name} could not be made: ${error instanceof Error ? error.message : error}`,
        );
      }
    },
    async call(request, ...tolerated) {
      const { status, body } = await send(request);
      const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
      if (status >= 400 && !tolerated.some(code => text.includes(code))) throw new Error(text);
      return text;
    },
  };
}
