import { createHash } from 'node:crypto';
import type { HttpReply, HttpRequest } from '../../api/http.ts';
import type { Home } from '../front/front.ts';
import { answerJson, type JsonInput, pageOf, requiredText, ServiceFault } from './jsonService.ts';
import { EntryFault, shortPath, type WorkspaceFile } from './workspaceFile.ts';

/** A parameter of Systems Manager as the file gives it. */
export interface Parameter {
  readonly type: 'String' | 'StringList' | 'SecureString';
  readonly value: string;
}

/** A text is a String, a list of texts a StringList; an object says type and value. */
export function parseParameter(entry: unknown): Parameter {
  if (typeof entry === 'string') return { type: 'String', value: entry };
  if (isTexts(entry)) return { type: 'StringList', value: entry.join(',') };
  if (typeof entry === 'object' && entry !== null && 'value' in entry) {
    const type = 'type' in entry ? entry.type : 'String';
    if (type !== 'String' && type !== 'StringList' && type !== 'SecureString') {
      throw new EntryFault('has a "type" that is none of String, StringList and SecureString.');
    }
    if (typeof entry.value === 'string') return { type, value: entry.value };
    if (type === 'StringList' && isTexts(entry.value)) return { type, value: entry.value.join(',') };
    throw new EntryFault('has a "value" that is no text.');
  }
  throw new EntryFault(
    'has to be a text, a list of texts, or an object such as { "type": "SecureString", "value": "..." }.',
  );
}

/**
 * Answers SSM's reading operations on parameters from a file.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html
 */
export function answerParameters(
  file: WorkspaceFile<Parameter>,
  request: HttpRequest,
  home: Home,
): Promise<HttpReply> {
  const find = async (name: string) => {
    const { entries, modifiedAt } = await file.read();
    const { key, selector } = splitName(name, home);
    const parameter = entries.get(key) ?? entries.get(`/${key}`);
    return parameter === undefined ? undefined : { name: key, selector, parameter, modifiedAt };
  };
  type Found = NonNullable<Awaited<ReturnType<typeof find>>>;

  const describe = ({ name, selector, parameter, modifiedAt }: Found, input: JsonInput) => ({
    Name: name,
    Type: parameter.type,
    Value:
      parameter.type === 'SecureString' && input.WithDecryption !== true
        ? encrypted(parameter.value)
        : parameter.value,
    Version: 1,
    ...(selector === undefined ? {} : { Selector: `:${selector}` }),
    LastModifiedDate: modifiedAt / 1000,
    ARN: `arn:aws:ssm:${home.region}:${home.accountId}:parameter${name.startsWith('/') ? '' : '/'}${name}`,
    DataType: 'text',
  });

  return answerJson(
    'ssm',
    request,
    {
      async GetParameter(input) {
        const name = requiredText(input, 'Name');
        const found = await find(name);
        if (!found) {
          throw new ServiceFault('ParameterNotFound', `${shortPath(file.path)} has no parameter "${name}".`);
        }
        if (found.selector !== undefined && found.selector !== '1') {
          throw new ServiceFault(
            'ParameterVersionNotFound',
            `Systems Manager could not find version ${found.selector} of ${found.name}: parameters of ${shortPath(file.path)} have the version 1 only.`,
          );
        }
        return { Parameter: describe(found, input) };
      },
      async GetParameters(input) {
        const names = input.Names;
        if (!isTexts(names) || names.length === 0 || names.length > 10) {
          throw new ServiceFault('ValidationException', 'Names has to hold between 1 and 10 names.');
        }
        const found = await Promise.all(names.map(async name => ({ name, found: await find(name) })));
        const isThere = (each: { found: Found | undefined }): each is { name: string; found: Found } =>
          each.found !== undefined && (each.found.selector ?? '1') === '1';
        return {
          Parameters: found.filter(isThere).map(each => describe(each.found, input)),
          InvalidParameters: found.filter(each => !isThere(each)).map(each => each.name),
        };
      },
      async GetParametersByPath(input) {
        const path = requiredText(input, 'Path');
        if (!path.startsWith('/')) {
          throw new ServiceFault('ValidationException', 'The parameter path must begin with a slash "/".');
        }
        if (Array.isArray(input.ParameterFilters) && input.ParameterFilters.length > 0) {
          throw new ServiceFault(
            'InvalidFilterKey',
            'UnsupportedByLambdaLens: ParameterFilters of GetParametersByPath cannot be honoured. Leave them out.',
          );
        }
        const below = path.endsWith('/') ? path : `${path}/`;
        const { entries, modifiedAt } = await file.read();
        const all = [...entries]
          .filter(
            ([name]) =>
              name.startsWith(below) && (input.Recursive === true || !name.slice(below.length).includes('/')),
          )
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, parameter]) => describe({ name, selector: undefined, parameter, modifiedAt }, input));
        const { page, next } = pageOf(all, input, { most: 10, fault: 'InvalidNextToken' });
        return { Parameters: page, ...(next === undefined ? {} : { NextToken: next }) };
      },
    },
    Object.fromEntries(
      ['PutParameter', 'DeleteParameter', 'DeleteParameters', 'LabelParameterVersion'].map(name => [
        name,
        `is refused: ${shortPath(file.path)} is yours to write. Change the parameter there, it is read at once.`,
      ]),
    ),
  );
}

/** A parameter is named by name or ARN, with a version or label after a colon. */
function splitName(name: string, { accountId }: Home): { key: string; selector: string | undefined } {
  const [, path] = new RegExp(`^arn:aws[^:]*:ssm:[^:]+:${accountId}:parameter(/.+)$`).exec(name) ?? [];
  const [key = '', selector] = (path ?? name).split(':');
  return { key, selector };
}

/** What a SecureString looks like where nobody asked for its decryption: not like its value. */
function encrypted(value: string): string {
  return `AQICAH${createHash('sha512').update(value).digest('base64')}`;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(each => typeof each === 'string');
}
