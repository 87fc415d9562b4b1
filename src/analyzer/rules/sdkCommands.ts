import { ts } from 'ts-morph';
import { originOf } from '../notes.ts';
import type { CallSite, Scope } from '../phases/model.ts';
import { staticName, unwrap } from '../syntax.ts';
import { behindNames } from './constants.ts';
import { makersOf, methodOf } from './origins.ts';
import type { ReachedCode } from './rule.ts';

/** A request to an AWS service, in whichever way it is written. */
export interface SdkCommand {
  readonly node: ts.CallExpression | ts.NewExpression;
  readonly site: CallSite;
  /** As version 3 names its clients: `s3`, `dynamodb`, `secrets-manager`. */
  readonly service: string;
  /** For example `PutObject`; of the document client `Put`. */
  readonly name: string;
  readonly input: CommandInput | undefined;
}

/** The parameters of a command, where they are written out. */
export interface CommandInput {
  readonly object: ts.ObjectLiteralExpression;
  readonly scope: Scope;
}

/** Every command that a file makes: `new XCommand()`, a method of an aggregated client, one of version 2. */
export function sdkCommands(code: ReachedCode): readonly SdkCommand[] {
  return code.file.units.flatMap(({ calls }) => calls.flatMap(site => commandOf(site, code) ?? []));
}

export function commandOf(site: CallSite, code: ReachedCode): SdkCommand | undefined {
  const { node, scope } = site;
  if (ts.isNewExpression(node)) {
    const origin = originOf(unwrap(node.expression), scope);
    const service = origin && serviceOf(origin.specifier);
    if (!service || !origin.name.endsWith('Command')) return undefined;
    const name = origin.name.slice(0, -'Command'.length);
    return { node, site, service, name, input: inputOf(node, scope, code) };
  }
  if (!ts.isCallExpression(node)) return undefined;
  const method = methodOf(node);
  if (!method || /^(send|promise|on|destroy|from)$/.test(method.name) || node.arguments.length > 2)
    return undefined;
  for (const { specifier, name } of makersOf(method.object, scope, code)) {
    const service = serviceOf(specifier) ?? (specifier === 'aws-sdk' ? olderServiceOf(name) : undefined);
    const isOther = /(Client|Command)$/.test(name) && name !== 'DocumentClient';
    if (!service || isOther) continue;
    const command = method.name.charAt(0).toUpperCase() + method.name.slice(1);
    return { node, site, service, name: command, input: inputOf(node, scope, code) };
  }
  return undefined;
}

/** A property of the input; undefined where there is none, or where a spread may hold it. */
export function inputProperty({ object }: CommandInput, name: string): ts.Expression | undefined {
  const found = object.properties.findLast(property => staticName(property.name) === name);
  if (found && ts.isShorthandPropertyAssignment(found)) return found.name;
  return found && ts.isPropertyAssignment(found) ? found.initializer : undefined;
}

/** Whether a property may be there: by its name, or because something is spread into the input. */
export function mayHave({ object }: CommandInput, name: string): boolean {
  return object.properties.some(
    property => ts.isSpreadAssignment(property) || staticName(property.name) === name,
  );
}

function inputOf(
  { arguments: args }: ts.CallExpression | ts.NewExpression,
  scope: Scope,
  code: ReachedCode,
): CommandInput | undefined {
  const [first] = args ?? [];
  if (!first) return undefined;
  const { value, scope: at } = behindNames(first, scope, code);
  return ts.isObjectLiteralExpression(value) ? { object: value, scope: at } : undefined;
}

function serviceOf(specifier: string): string | undefined {
  const [, service] = /^(?:@aws-sdk\/(?:client|lib)-|aws-sdk\/clients\/)([\w-]+)$/.exec(specifier) ?? [];
  if (service === 'sesv2') return 'ses';
  return service?.replace('secretsmanager', 'secrets-manager');
}

/** `AWS.SecretsManager` is `secrets-manager`. */
function olderServiceOf(name: string): string {
  if (name === 'DocumentClient') return 'dynamodb';
  if (name === 'SecretsManager') return 'secrets-manager';
  return name.toLowerCase();
}
