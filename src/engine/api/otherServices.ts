import type { ServiceError } from '../invoke/invocation.ts';
import { actionOf } from './awsAction.ts';
import type { HttpHead, HttpReply, HttpRequest } from './http.ts';
import { errorMessage, errorReply, unsupported } from './serviceErrors.ts';

/** Answers for every AWS service that the engine has no endpoint for, naming it. */
export function refuseService(service: string, request: HttpRequest, requestId: string): HttpReply {
  const error = unsupported(
    service,
    `${actionOf(request)} was not called: no endpoint is configured for the service "${service}".`,
  );
  return errorInProtocolOf(service, request, error, requestId);
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
