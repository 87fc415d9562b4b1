import type { ServiceError } from '../invoke/invocation.ts';
import { actionOf } from './awsAction.ts';
import type { HttpHead, HttpReply, HttpRequest } from './http.ts';
import { errorMessage, errorReply, frontError, unsupported } from './serviceErrors.ts';

/** Answers for every AWS service that there is no endpoint for, naming it and what would give it one. */
export function refuseService(service: string, request: HttpRequest, requestId: string): HttpReply {
  const error = unsupported(
    service,
    `${actionOf(request)} was not called: no endpoint is configured for the service "${service}". Name one in the setting lambdaLens.services, for example { "${service}": "http://127.0.0.1:8000" }, or an AWS profile, { "${service}": "profile:default" } (lambda-lens serve --service ${service}=http://127.0.0.1:8000).`,
  );
  return errorInProtocolOf(service, request, error, requestId);
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList */
export function entityTooLarge(bytes: number, limit: number): ServiceError {
  return frontError(
    'EntityTooLarge',
    400,
    `The request has ${bytes} bytes, more than the ${limit} that Lambda Lens takes at once. Upload a large object in parts.`,
  );
}

/** An error in the form that the caller's SDK can read, so that a handler logs the text and not a parse error. */
export function errorInProtocolOf(
  service: string,
  request: HttpHead,
  error: ServiceError,
  requestId: string,
): HttpReply {
  const code = escapeXml(error.name.replace(/:.*/, ''));
  const message = escapeXml(errorMessage(error));
  if (service === 's3') {
    return xml(
      error.status,
      `<Error><Code>${code}</Code><Message>${message}</Message><RequestId>${requestId}</RequestId></Error>`,
    );
  }
  if (request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    return xml(
      error.status,
      `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
    );
  }
  // The JSON protocols find the type in the body, in the header, or in both.
  return errorReply({ ...error, body: { __type: error.name.replace(/:.*/, ''), ...error.body } });
}

function xml(status: number, document: string): HttpReply {
  return {
    status,
    headers: { 'content-type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${document}`,
  };
}

function escapeXml(text: string): string {
  return text.replace(/[<>&"']/g, character => `&#${character.charCodeAt(0)};`);
}
