import { isUserError } from '../../../shared/errors.ts';
import { actionOf } from '../../api/awsAction.ts';
import type { HttpReply, HttpRequest } from '../../api/http.ts';
import { unsupported } from '../../api/serviceErrors.ts';

export type JsonInput = Readonly<Record<string, unknown>>;
export type JsonOperation = (input: JsonInput) => Promise<Readonly<Record<string, unknown>>>;

/** An error of a service, by the name that its SDK knows it by. */
export class ServiceFault extends Error {
  override readonly name: string;

  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/**
 * Answers the AWS JSON 1.1 protocol.
 * https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
 *
 * @param refusals why an operation that AWS has is not answered, by name.
 */
export async function answerJson(
  service: string,
  request: HttpRequest,
  operations: Readonly<Record<string, JsonOperation>>,
  refusals: Readonly<Record<string, string>>,
): Promise<HttpReply> {
  const action = actionOf(request);
  const operation = operations[action];
  if (!operation) {
    const reason = refusals[action] ?? 'is an operation that Lambda Lens does not answer.';
    const { name, status, body } = unsupported(`${service}:${action}`, reason);
    return json(status, name.replace(/:.*/, ''), body);
  }
  try {
    return json(200, undefined, await operation(parseInput(request)));
  } catch (error) {
    if (error instanceof ServiceFault) return json(400, error.name, { message: error.message });
    if (isUserError(error)) return json(400, 'InvalidWorkspaceFile', { message: error.message });
    throw error;
  }
}

function json(
  status: number,
  errorType: string | undefined,
  body: Readonly<Record<string, unknown>>,
): HttpReply {
  const typed = errorType === undefined ? body : { __type: errorType, ...body };
  return {
    status,
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      ...(errorType === undefined ? {} : { 'x-amzn-errortype': errorType }),
    },
    body: JSON.stringify(typed),
  };
}

function parseInput({ body }: HttpRequest): JsonInput {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(body));
    if (typeof value === 'object' && value !== null) return value as JsonInput;
  } catch {
    // Said below.
  }
  throw new ServiceFault('SerializationException', 'The request body is no JSON object.');
}

/** @throws ServiceFault where it is missing or no text. */
export function requiredText(input: JsonInput, member: string): string {
  const value = input[member];
  if (typeof value === 'string' && value !== '') return value;
  throw new ServiceFault('ValidationException', `${member} is required and has to be a string.`);
}

/** A page of what a caller goes through, with the token for the next one. */
export function pageOf<T>(
  items: readonly T[],
  input: JsonInput,
  { most, fault }: { readonly most: number; readonly fault: string },
): { readonly page: readonly T[]; readonly next?: string } {
  const size = typeof input.MaxResults === 'number' ? input.MaxResults : most;
  if (size < 1 || size > most) {
    throw new ServiceFault('ValidationException', `MaxResults has to be between 1 and ${most}.`);
  }
  const start = input.NextToken === undefined ? 0 : Number(decodeToken(input.NextToken));
  if (!Number.isInteger(start) || start < 0) {
    throw new ServiceFault(fault, 'The token is none that an earlier answer has given.');
  }
  const end = start + size;
  return {
    page: items.slice(start, end),
    ...(end < items.length ? { next: Buffer.from(`at ${end}`).toString('base64') } : {}),
  };
}

function decodeToken(token: unknown): string | undefined {
  return typeof token === 'string'
    ? /^at (\d+)$/.exec(Buffer.from(token, 'base64').toString())?.[1]
    : undefined;
}
