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

export type Values = Readonly<Record<string, unknown>>;

/** A resource as `planned_values` has it. */
export function planned(address: string, values: Values, more: Values = {}): Values {
  const [type = '', name = ''] = address
    .replace(/\[.*\]$/, '')
    .split('.')
    .slice(-2);
  return { address, mode: 'managed', type, name, values, ...more };
}

/** A resource as `configuration` has it. */
export function configured(address: string, expressions: Values): Values {
  return { address, mode: 'managed', expressions };
}

/** An expression that refers to something. */
export const refers = (...references: readonly string[]) => ({ references });

/** A function with all that the provider fills in. */
export const plannedOrders = planned('aws_lambda_function.orders', {
  function_name: 'orders-prod',
  handler: 'index.handler',
  runtime: 'nodejs24.x',
  filename: 'src',
  timeout: 9,
  memory_size: 128,
  publish: false,
  package_type: 'Zip',
  reserved_concurrent_executions: -1,
  image_config: [],
  vpc_config: [],
  dead_letter_config: [{}],
  environment: [{}],
  description: null,
});
