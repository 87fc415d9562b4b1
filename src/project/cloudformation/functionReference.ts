/** A function, and the version or alias of it that is meant; absent: `$LATEST`. */
export interface FunctionReference {
  readonly functionName: string;
  readonly qualifier?: string;
}

/** Whether an API Gateway URI has the response of the function passed on as it is written. */
export function isStreamingUri(written: string | undefined): boolean {
  return written?.endsWith('/response-streaming-invocations') === true;
}

/**
 * Reads every form in which a function is named: a name, a partial or a full ARN, each with or without a
 * qualifier, and an API Gateway URI around an ARN. Undefined for the ARN of something else.
 * https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html
 */
export function parseFunctionReference(written: string | undefined): FunctionReference | undefined {
  if (written === undefined) return undefined;
  const uri = /\/functions\/(.+?)\/(response-streaming-)?invocations$/.exec(written);
  const plain = uri?.[1] ?? written;
  if (plain.startsWith('arn:') && !/^arn:[^:]*:lambda:/.test(plain)) return undefined;
  const parts = plain.split(':');
  const marker = parts.lastIndexOf('function', 6);
  const [functionName, qualifier] = marker === -1 ? parts : parts.slice(marker + 1);
  if (!functionName) return undefined;
  return { functionName, ...(qualifier !== undefined && qualifier !== '$LATEST' && { qualifier }) };
}
