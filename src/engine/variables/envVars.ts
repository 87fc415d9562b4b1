import { findJsonFault } from '../../shared/jsonFault.ts';

/** Variables by the logical id or the name of a function; those under `Parameters` are for all of them. */
export type EnvVars = Readonly<Record<string, Readonly<Record<string, string>>>>;

export type EnvVarsReading =
  | { readonly kind: 'read'; readonly variables: EnvVars }
  /** What is wrong, without anything that the file says. */
  | { readonly kind: 'faulty'; readonly fault: string };

/**
 * Reads what SAM's `--env-vars` takes.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/using-sam-cli-local-invoke.html#serverless-sam-cli-using-invoke-environment-file
 */
export function parseEnvVars(bytes: Uint8Array): EnvVarsReading {
  const fault = findJsonFault(bytes);
  if (fault) return faulty(`it is not valid JSON at line ${fault.line}, column ${fault.column}`);
  const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
  if (!isObject(value)) return faulty('it has to be an object, with a function’s variables under its name');
  const variables: Record<string, Record<string, string>> = {};
  for (const [name, own] of Object.entries(value)) {
    if (!isObject(own)) return faulty(`"${name}" has to be an object of variables`);
    const texts: Record<string, string> = {};
    for (const [variable, text] of Object.entries(own)) {
      if (typeof text === 'object' && text !== null) return faulty(`"${name}.${variable}" has to be a text`);
      texts[variable] = String(text ?? '');
    }
    variables[name] = texts;
  }
  return { kind: 'read', variables };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function faulty(fault: string): EnvVarsReading {
  return { kind: 'faulty', fault };
}
