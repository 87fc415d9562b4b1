import { type GatewayReply, headerOf } from '../gatewayRequest.ts';
import { messageReply } from '../responses/functionAnswer.ts';
import { restError } from '../responses/restReply.ts';

/** Why a request is not let through. */
export type Denial =
  /** What identifies the caller is missing or wrong. */
  | 'unauthorized'
  | 'explicitlyDenied'
  | 'implicitlyDenied'
  /** The token is good, but not for this. */
  | 'noScope'
  /** The authorizer failed, or its answer cannot be read. */
  | 'authorizerFailed'
  /** There is no signature where one is needed. */
  | 'unsigned';

/**
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 *
 * @param kind of the API, or of the authorizer where they differ.
 */
export function denialReply(api: 'restApi' | 'httpApi', denial: Denial, isJwt = false): GatewayReply {
  return api === 'restApi' ? restDenial(denial) : httpDenial(denial, isJwt);
}

function restDenial(denial: Denial): GatewayReply {
  const denied = (text: string) =>
    messageReply(403, { Message: text }, [['x-amzn-ErrorType', 'AccessDeniedException']]);
  switch (denial) {
    case 'unauthorized':
    case 'noScope':
      return restError(401, 'Unauthorized', 'UnauthorizedException');
    case 'explicitlyDenied':
      return denied('User is not authorized to access this resource with an explicit deny');
    case 'implicitlyDenied':
      return denied('User is not authorized to access this resource');
    case 'authorizerFailed':
      return messageReply(500, { message: null }, [['x-amzn-ErrorType', 'AuthorizerConfigurationException']]);
    case 'unsigned':
      return restError(403, 'Missing Authentication Token', 'MissingAuthenticationTokenException');
  }
}

function httpDenial(denial: Denial, isJwt: boolean): GatewayReply {
  switch (denial) {
    case 'unauthorized':
      return messageReply(401, { message: 'Unauthorized' }, isJwt ? [['www-authenticate', 'Bearer']] : []);
    case 'noScope':
      return messageReply(403, { message: 'Forbidden' }, [
        ['www-authenticate', 'Bearer error="insufficient_scope"'],
      ]);
    case 'explicitlyDenied':
    case 'implicitlyDenied':
    case 'unsigned':
      return messageReply(403, { message: 'Forbidden' });
    case 'authorizerFailed':
      return messageReply(500, { message: 'Internal Server Error' });
  }
}

/** Whether there is an API key at all; which keys there are is known to a deployment only. */
export function lacksApiKey(headers: GatewayReply['headers']): boolean {
  return !headerOf(headers, 'x-api-key');
}
