import type { HttpAddress } from '../../../model/httpAddress.ts';
import { type ApiDoor, type Door, mainStage } from './doors.ts';
import { routeKeyOf } from './httpRouting.ts';
import { apiWord, urlWord } from './locate.ts';

/** Where every route and function URL answers. */
export function addressesOf(doors: readonly Door[], port: number): readonly HttpAddress[] {
  return doors.flatMap(door =>
    door.kind === 'functionUrl' ? [urlAddress(door, port)] : routeAddresses(door, port),
  );
}

function urlAddress({ id, url }: Extract<Door, { kind: 'functionUrl' }>, port: number): HttpAddress {
  const { functionName, qualifier, logicalId, stackId } = url;
  return {
    kind: 'functionUrl',
    functionName,
    ...(qualifier === undefined ? {} : { qualifier }),
    logicalId,
    stackId,
    label: 'Function URL',
    url: `http://127.0.0.1:${port}/${urlWord}/${id}/`,
    hostUrl: `http://${id}.${urlWord}.localhost:${port}/`,
  };
}

function routeAddresses({ kind, id, api, routes }: ApiDoor, port: number): readonly HttpAddress[] {
  const stage = mainStage(api);
  const stagePath = stage === undefined || stage === '$default' ? '' : `/${stage}`;
  return routes.map(route => {
    const path = route.path === '$default' ? '/' : route.path;
    return {
      kind,
      functionName: route.functionName,
      ...(route.qualifier === undefined ? {} : { qualifier: route.qualifier }),
      logicalId: route.logicalId,
      stackId: route.stackId,
      label: routeKeyOf(route),
      ...(route.method === undefined ? {} : { method: route.method }),
      url: `http://127.0.0.1:${port}/${apiWord}/${id}${stagePath}${path}`,
      hostUrl: `http://${id}.${apiWord}.localhost:${port}${stagePath}${path}`,
    };
  });
}
