import { httpContext, restRequest } from './http.ts';
import { defineSample, type Sample } from './sample.ts';
import { arn, requestId, sourceIp } from './values.ts';

const apiId = 'abcdef1234';
const token = 'Bearer eyJhbGciOiJIUzI1NiJ9.e30.example';

/** Functions that decide who may come in. */
export const authorizerSamples: readonly Sample[] = [
  defineSample({
    id: 'authorizer:token',
    kind: 'tokenAuthorizer',
    title: 'A REST API asks about a token',
    parameters: { token, path: '/orders' },
    build: ({ token, path }, place) => ({
      type: 'TOKEN',
      methodArn: arn(place, 'execute-api', `${apiId}/prod/GET${path}`),
      authorizationToken: token,
    }),
  }),
  defineSample({
    id: 'authorizer:request',
    kind: 'requestAuthorizer',
    title: 'A REST API asks about a request',
    parameters: { token, path: '/orders' },
    build: ({ token, path }, place) => {
      const { body, isBase64Encoded, ...request } = restRequest({ method: 'GET', path, route: path }, place);
      return {
        type: 'REQUEST',
        methodArn: arn(place, 'execute-api', `${apiId}/prod/GET${path}`),
        ...request,
        headers: { ...request.headers, Authorization: token },
        multiValueHeaders: { ...request.multiValueHeaders, Authorization: [token] },
      };
    },
  }),
  defineSample({
    id: 'authorizer:http-api',
    kind: 'httpAuthorizer',
    title: 'An HTTP API asks about a request',
    parameters: { token, path: '/orders' },
    build: ({ token, path }, place) => {
      const routeKey = `GET ${path}`;
      const host = `${apiId}.execute-api.${place.region}.amazonaws.com`;
      return {
        version: '2.0',
        type: 'REQUEST',
        routeArn: arn(place, 'execute-api', `${apiId}/$default/GET${path}`),
        identitySource: [token],
        routeKey,
        rawPath: path,
        rawQueryString: '',
        cookies: [],
        headers: { authorization: token, host },
        requestContext: httpContext({ method: 'GET', path, routeKey, host }, place),
      };
    },
  }),
  defineSample({
    id: 'authorizer:appsync',
    kind: 'appSyncAuthorizer',
    title: 'AppSync asks about a token',
    parameters: { token, query: 'query GetOrder { order(id: "order-1") { id } }' },
    build: ({ token, query }, { accountId }) => ({
      authorizationToken: token,
      requestContext: {
        apiId: 'abcdefghijklmnopqrstuvwxyz',
        accountId,
        requestId,
        queryString: query,
        operationName: 'GetOrder',
        variables: {},
      },
      requestHeaders: { authorization: token },
    }),
  }),
  defineSample({
    id: 'authorizer:iot',
    kind: 'iotAuthorizer',
    title: 'AWS IoT asks about a device',
    parameters: { token, clientId: 'device-1' },
    build: ({ token, clientId }) => ({
      token,
      signatureVerified: true,
      protocols: ['tls', 'http', 'mqtt'],
      protocolData: {
        tls: { serverName: 'abcdefghijklmn-ats.iot.us-east-1.amazonaws.com' },
        mqtt: { username: 'jane', password: 'c2VjcmV0', clientId },
      },
      connectionMetadata: { id: requestId },
    }),
  }),
  defineSample({
    id: 'authorizer:transfer',
    kind: 'transfer',
    title: 'A Transfer Family server asks about a user',
    parameters: { username: 'jane', password: 'secret', serverId: 's-1234567890abcdef0' },
    build: ({ username, password, serverId }) => ({
      username,
      password,
      protocol: 'SFTP',
      serverId,
      sourceIp,
    }),
  }),
];
