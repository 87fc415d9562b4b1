import { check, type ExpectedModel } from './check.ts';

/** A function `name` whose code is `src/index.ts`. */
export function functionOf(name: string, more = ''): string {
  return `
resource "aws_lambda_function" "${name}" {
  function_name = "${name}"
  handler       = "index.handler"
  runtime       = "nodejs24.x"
  filename      = "src"
  ${more}
}`;
}

export interface Configuration {
  readonly tf: string;
  /** Further files by path; `src/index.ts` is always there. */
  readonly files?: Readonly<Record<string, string>>;
  readonly model?: ExpectedModel;
}

/** Reads a configuration whose file is `main.tf`. */
export async function checkConfiguration({ tf, files = {}, model }: Configuration): Promise<void> {
  await check({ files: { 'main.tf': `${tf}\n`, 'src/index.ts': '', ...files }, ...(model && { model }) });
}

export const arn = (service: string, resource: string) =>
  `arn:aws:${service}:us-east-1:000000000000:${resource}`;
