import { InvokeCommand, LambdaClient, LambdaServiceException } from '@aws-sdk/client-lambda';
import type { EngineAttachment } from '../model/engineAttachment.ts';
import { type EnvironmentWish, environmentHeader } from '../model/environmentWish.ts';
import { messageOf, UserError } from '../shared/errors.ts';
import type { InvokeParameters, InvokeResult } from './connection.ts';

/** An ordinary client of the engine, which is a Lambda service. */
export function createLambdaClient(attachment: EngineAttachment): LambdaClient {
  return new LambdaClient({
    endpoint: attachment.endpoint,
    region: attachment.region,
    credentials: { accessKeyId: attachment.accessKeyId, secretAccessKey: attachment.secretAccessKey },
    // A function must not run twice because its first run was not to the client's liking.
    maxAttempts: 1,
    // Functions run for up to 900 seconds, and may first have to be built.
    requestHandler: { requestTimeout: 990_000, throwOnRequestTimeout: true },
  });
}

/**
 * @param listFunctions asked for the message when the function does not exist.
 * @throws UserError that says what to do; an AbortError when the caller gave up.
 */
export async function invokeFunction(
  client: LambdaClient,
  request: InvokeParameters,
  listFunctions: () => Promise<readonly string[]>,
): Promise<InvokeResult> {
  try {
    return await sendInvocation(client, request);
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') throw error;
    throw new UserError(await explain(error, request, listFunctions), { cause: error });
  }
}

/** @throws what the SDK throws. */
export async function sendInvocation(client: LambdaClient, request: InvokeParameters): Promise<InvokeResult> {
  const type = request.type ?? 'RequestResponse';
  const command = new InvokeCommand({
    FunctionName: request.functionName,
    Qualifier: request.qualifier,
    InvocationType: type,
    LogType: type === 'RequestResponse' ? 'Tail' : undefined,
    Payload: Buffer.from(request.payload),
  });
  if (request.environment) wishFor(command, request.environment);
  const response = await client.send(command, request.signal ? { abortSignal: request.signal } : {});
  return {
    statusCode: response.StatusCode ?? 0,
    payload: response.Payload ? Buffer.from(response.Payload).toString('utf8') : '',
    logTail: Buffer.from(response.LogResult ?? '', 'base64').toString('utf8'),
    requestId: response.$metadata.requestId ?? '',
    ...(response.FunctionError === undefined ? {} : { functionError: response.FunctionError }),
    ...(response.ExecutedVersion === undefined ? {} : { executedVersion: response.ExecutedVersion }),
  };
}

/** What the API has no member for. */
function wishFor(command: InvokeCommand, environment: EnvironmentWish): void {
  command.middlewareStack.add(
    next => async given => {
      const { headers } = given.request as { headers: Record<string, string> };
      headers[environmentHeader] = JSON.stringify(environment);
      return next(given);
    },
    { step: 'build', name: 'environmentWish' },
  );
}

async function explain(
  error: unknown,
  request: InvokeParameters,
  listFunctions: () => Promise<readonly string[]>,
): Promise<string> {
  if (!(error instanceof LambdaServiceException)) {
    return `The engine could not be reached: ${messageOf(error)}. Try again; a new one is started where needed.`;
  }
  switch (error.name) {
    case 'ResourceNotFoundException':
      return `${error.message}. ${existing(await listFunctions())}`;
    case 'TooManyRequestsException':
      return `${request.functionName} was not invoked: ${error.message} Every execution environment that may run at once is busy; try again when one of them has finished.`;
    // The engine's own words for what this machine or the workspace lacks.
    case 'ServiceException':
      return error.message;
    default:
      return error.message.startsWith('UnsupportedByLambdaLens')
        ? error.message
        : `${error.name}: ${withoutValues(error.message)}`;
  }
}

/** What AWS says of variables that are too long has all of them in it, and messages are logged. */
function withoutValues(message: string): string {
  return message.replace(/ String measured: [\s\S]*$/, '');
}

function existing(names: readonly string[]): string {
  return names.length === 0
    ? 'The workspace has no functions: add one to a SAM or CloudFormation template.'
    : `The workspace has: ${[...names].sort().join(', ')}.`;
}
