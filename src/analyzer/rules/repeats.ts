import { ts } from 'ts-morph';
import type { CallSite } from '../phases/model.ts';
import { staticName, unwrap } from '../syntax.ts';
import { behindNames } from './constants.ts';
import { makersOf, methodOf } from './origins.ts';
import type { ReachedCode } from './rule.ts';
import { type CommandInput, inputProperty, mayHave, type SdkCommand } from './sdkCommands.ts';
import { isNewEachTime } from './uniqueness.ts';

/** What happens when an effect happens twice. */
export type Repeat = 'counted' | 'added' | 'inserted' | 'keyed' | 'deduplicated';

/** Undefined for a command that may be repeated, or of which that is not known. */
export function repeatOfCommand(command: SdkCommand, code: ReachedCode): Repeat | undefined {
  const { service, name, input, site } = command;
  if (!input) return undefined;
  const isNew = (property: string) => {
    const value = inputProperty(input, property);
    return value !== undefined && isNewEachTime(value, input.scope, code);
  };
  switch (`${service} ${name}`) {
    case 'dynamodb UpdateItem':
    case 'dynamodb Update':
      return mayHave(input, 'ConditionExpression') ? undefined : updateRepeat(input, code);
    case 'dynamodb PutItem':
    case 'dynamodb Put':
      return !mayHave(input, 'ConditionExpression') && hasNewKey(input, code) ? 'inserted' : undefined;
    case 's3 PutObject':
    case 's3 CopyObject':
      return isNew('Key') ? 'keyed' : undefined;
    case 'sqs SendMessage':
    case 'sns Publish': {
      if (mayHave(input, 'MessageDeduplicationId'))
        return isNew('MessageDeduplicationId') ? 'deduplicated' : undefined;
      const isNewBody = isNew('MessageBody') || isNew('Message');
      return mayHave(input, 'MessageGroupId') && isNewBody && site ? 'deduplicated' : undefined;
    }
    default:
      return undefined;
  }
}

function updateRepeat(input: CommandInput, code: ReachedCode): Repeat | undefined {
  const expression = inputProperty(input, 'UpdateExpression');
  const text = expression ? behindNames(expression, input.scope, code).value.getText() : '';
  const values = inputProperty(input, 'ExpressionAttributeValues')?.getText() ?? '';
  if (/\bADD\s/.test(text)) return /new Set|\b(SS|NS|BS)\b/.test(values) ? undefined : 'counted';
  if (/([#\w.]+)\s*=\s*(?:\1|if_not_exists\s*\(\s*\1[^)]*\))\s*[+-]/.test(text)) return 'counted';
  return /\blist_append\s*\(/.test(text) ? 'added' : undefined;
}

/** An item whose id is another one in each run: `{ id: randomUUID() }`, also as `marshall(...)` of it. */
function hasNewKey(input: CommandInput, code: ReachedCode): boolean {
  const written = inputProperty(input, 'Item');
  if (!written) return false;
  const { value, scope } = behindNames(written, input.scope, code);
  const inner = ts.isCallExpression(value) ? value.arguments[0] : value;
  const item = inner && behindNames(inner, scope, code);
  if (!item || !ts.isObjectLiteralExpression(item.value)) return false;
  return item.value.properties.some(property => {
    if (!/^(id|pk|sk|uuid|key|_id)$|(Id|ID|_id|Key)$/i.test(staticName(property.name) ?? '')) return false;
    const held = ts.isPropertyAssignment(property)
      ? property.initializer
      : ts.isShorthandPropertyAssignment(property)
        ? property.name
        : undefined;
    return held !== undefined && isNewEachTime(held, item.scope, code);
  });
}

const databases =
  /^(pg|mysql|mysql2|mysql2\/promise|serverless-mysql|postgres|knex|@prisma\/client|mongodb|mongoose|redis|ioredis|sequelize|typeorm)$/;

/** What a call of a database adds or counts, and where that is said. */
export function repeatOfCall(
  { node, scope }: CallSite,
  code: ReachedCode,
): { readonly node: ts.Node; readonly repeat: Repeat } | undefined {
  const method = methodOf(node);
  if (!method || !ts.isCallExpression(node)) return undefined;
  const [first] = node.arguments;
  if (first && /^(query|execute|run|raw|none|unsafe)$/.test(method.name)) {
    const { value } = behindNames(first, scope, code);
    const isText = ts.isStringLiteralLike(value) || ts.isTemplateExpression(value);
    const repeat = isText ? repeatOfSql(value.getText().slice(1)) : undefined;
    return repeat && { node: first, repeat };
  }
  if (!effects.test(method.name)) return undefined;
  const maker = makersOf(method.object, scope, code).find(({ specifier }) => databases.test(specifier));
  const repeat = maker && repeatOfMethod(maker.specifier, method.name, node);
  return repeat && { node, repeat };
}

function repeatOfSql(text: string): Repeat | undefined {
  const sql = text.trimStart();
  if (/^insert\s+into\b/i.test(sql)) {
    return /\bon\s+(conflict|duplicate)\b|\bnot\s+exists\b/i.test(sql) ? undefined : 'inserted';
  }
  return /^update\b[\s\S]*?\bset\b[\s\S]*?\b(\w+)\s*=\s*\1\s*[+-]/i.test(sql) ? 'counted' : undefined;
}

const effects =
  /^(incr|decr|incrby|decrby|hincrby|zincrby|[lr]push|updateOne|updateMany|findOneAndUpdate|findByIdAndUpdate|insertOne|insertMany|create|createMany|update|upsert)$/i;

function repeatOfMethod(specifier: string, name: string, node: ts.CallExpression): Repeat | undefined {
  if (/redis/.test(specifier)) {
    if (/push$/i.test(name)) return 'added';
    return /incr|decr/i.test(name) ? 'counted' : undefined;
  }
  const text = node.arguments.map(argument => argument.getText()).join(' ');
  if (/^(mongodb|mongoose)$/.test(specifier)) {
    if (/^insert|^create$/.test(name)) return /\b_id\b/.test(text) ? undefined : 'inserted';
    if (/\$inc\b/.test(text)) return 'counted';
    return /\$push\b/.test(text) ? 'added' : undefined;
  }
  if (specifier !== '@prisma/client') return undefined;
  if (/^(update|upsert|updateMany)$/.test(name))
    return /\b(in|de)crement:/.test(text) ? 'counted' : undefined;
  const [argument] = node.arguments;
  const hasOwnKey =
    /[{,]\s*id\s*[:,}]|\.\.\.|skipDuplicates/.test(text) ||
    (argument && !ts.isObjectLiteralExpression(unwrap(argument)));
  return /^create(Many)?$/.test(name) && !hasOwnKey ? 'inserted' : undefined;
}
