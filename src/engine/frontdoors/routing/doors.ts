import type { ApiDefinition, AuthorizerDefinition, RouteDefinition } from '../../../model/http.ts';
import type { ProjectResources } from '../../../model/projectResources.ts';
import type { Trigger } from '../../../model/trigger.ts';
import type { FunctionUrlDefinition } from '../../../model/versions.ts';

/** An API or a function URL that answers HTTP requests. */
export type Door = ApiDoor | UrlDoor;

export interface ApiDoor {
  readonly kind: 'restApi' | 'httpApi';
  /** What addresses call it; unique among APIs, in lower case, and good for a label of a host name. */
  readonly id: string;
  readonly api: ApiDefinition;
  readonly routes: readonly RouteDefinition[];
  readonly authorizers: readonly AuthorizerDefinition[];
}

export interface UrlDoor {
  readonly kind: 'functionUrl';
  /** Unique among function URLs. */
  readonly id: string;
  readonly url: FunctionUrlDefinition;
}

/** Something that AWS would serve and that is refused here. */
export interface RefusedDoor {
  readonly name: string;
  readonly reason: string;
}

/** What doors are made of. */
export type DoorResources = Pick<ProjectResources, 'apis' | 'routes' | 'authorizers' | 'functionUrls'>;

/** Every door of a project. WebSocket APIs are refused by name. */
export function doorsOf(resources: DoorResources): {
  readonly doors: readonly Door[];
  readonly refused: readonly RefusedDoor[];
} {
  const apiId = uniqueIds();
  const urlId = uniqueIds();
  const apis = resources.apis.flatMap((api): readonly ApiDoor[] => {
    if (api.protocol === 'WEBSOCKET') return [];
    const own = <Part extends { readonly apiId: string; readonly stackId: string }>(parts: readonly Part[]) =>
      belongingTo(api, parts, resources.apis);
    return [
      {
        kind: api.protocol === 'REST' ? 'restApi' : 'httpApi',
        id: apiId(api.apiId, api.stackId),
        api,
        routes: own(resources.routes),
        authorizers: own(resources.authorizers),
      },
    ];
  });
  const urls = resources.functionUrls.map(
    (url): UrlDoor => ({
      kind: 'functionUrl',
      id: urlId(
        url.qualifier === undefined ? url.functionName : `${url.functionName}-${url.qualifier}`,
        url.stackId,
      ),
      url,
    }),
  );
  const refused = resources.apis
    .filter(({ protocol }) => protocol === 'WEBSOCKET')
    .map(({ name }) => ({
      name,
      reason: `UnsupportedByLambdaLens: the WebSocket API ${name} is not served. Invoke the functions of its routes with events of their own.`,
    }));
  return { doors: [...apis, ...urls], refused };
}

/** A load balancer sends functions events of its own form, which no door here has. */
export function refusedTriggers(triggers: readonly Trigger[] = []): readonly RefusedDoor[] {
  return triggers
    .filter(({ kind }) => kind === 'loadBalancer')
    .map(({ label, functionName }) => ({
      name: `${label} of ${functionName}`,
      reason: `UnsupportedByLambdaLens: the load balancer's target group ${label} is not served. Invoke ${functionName} with an event of a load balancer.`,
    }));
}

/** The stage that addresses name: SAM adds one called `Stage`, which nobody means. */
export function mainStage({ stages }: ApiDefinition): string | undefined {
  return stages.find(stage => stage === '$default') ?? stages.find(stage => stage !== 'Stage') ?? stages[0];
}

/** Two stacks may have APIs of one id; each then has what its own stack defines. */
function belongingTo<Part extends { readonly apiId: string; readonly stackId: string }>(
  api: ApiDefinition,
  parts: readonly Part[],
  apis: readonly ApiDefinition[],
): readonly Part[] {
  const shared = apis.filter(({ apiId }) => apiId === api.apiId).length > 1;
  return parts.filter(part => part.apiId === api.apiId && (!shared || part.stackId === api.stackId));
}

/** A label of a host name has at most 63 letters, digits and hyphens. */
function uniqueIds() {
  const taken = new Set<string>();
  return (name: string, stackId: string): string => {
    const plain = labelOf(name).slice(0, 63);
    const candidates = [plain, labelOf(`${plain.slice(0, 40)}-${stackId.slice(0, 20)}`)];
    let id = candidates.find(candidate => !taken.has(candidate));
    for (let count = 2; id === undefined; count++) {
      const numbered = `${plain.slice(0, 58)}-${count}`;
      if (!taken.has(numbered)) id = numbered;
    }
    taken.add(id);
    return id;
  };
}

function labelOf(name: string): string {
  return (
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'api'
  );
}
