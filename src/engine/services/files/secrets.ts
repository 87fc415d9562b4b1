import { createHash } from 'node:crypto';
import type { HttpReply, HttpRequest } from '../../api/http.ts';
import type { Home } from '../front/front.ts';
import { answerJson, type JsonInput, pageOf, requiredText, ServiceFault } from './jsonService.ts';
import { EntryFault, shortPath, type WorkspaceFile } from './workspaceFile.ts';

/** A text is the secret itself; an object is the JSON that the secret consists of. */
export function parseSecret(entry: unknown): string {
  if (typeof entry === 'string') return entry;
  if (typeof entry === 'object' && entry !== null && !Array.isArray(entry)) return JSON.stringify(entry);
  throw new EntryFault('has to be a text, or an object whose JSON is the secret.');
}

/**
 * Answers Secrets Manager's reading operations from a file.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
 */
export function answerSecrets(
  file: WorkspaceFile<string>,
  request: HttpRequest,
  home: Home,
): Promise<HttpReply> {
  const arnOf = (name: string) =>
    `arn:aws:secretsmanager:${home.region}:${home.accountId}:secret:${name}-${arnSuffix}`;

  const find = async (id: string) => {
    const { entries, modifiedAt } = await file.read();
    const name = [...entries.keys()].find(
      key => id === key || id === arnOf(key) || arnOf(key) === `${id}-${arnSuffix}`,
    );
    if (name === undefined) {
      throw new ServiceFault(
        'ResourceNotFoundException',
        `Secrets Manager can't find the specified secret: ${shortPath(file.path)} has no "${id}".`,
      );
    }
    return { name, value: entries.get(name) ?? '', modifiedAt };
  };

  const secretValue = async (id: string, input: JsonInput) => {
    const { name, value, modifiedAt } = await find(id);
    const version = versionOf(value);
    const stage = input.VersionStage ?? 'AWSCURRENT';
    if (stage !== 'AWSCURRENT') {
      throw new ServiceFault(
        'ResourceNotFoundException',
        `Secrets Manager can't find the specified secret value for staging label: ${stage}`,
      );
    }
    if (input.VersionId !== undefined && input.VersionId !== version) {
      throw new ServiceFault(
        'ResourceNotFoundException',
        `Secrets Manager can't find the specified secret value for VersionId: ${input.VersionId}`,
      );
    }
    return {
      ARN: arnOf(name),
      Name: name,
      VersionId: version,
      SecretString: value,
      VersionStages: ['AWSCURRENT'],
      CreatedDate: modifiedAt / 1000,
    };
  };

  return answerJson(
    'secretsmanager',
    request,
    {
      GetSecretValue: input => secretValue(requiredText(input, 'SecretId'), input),
      async BatchGetSecretValue(input) {
        if (Array.isArray(input.Filters) && input.Filters.length > 0) {
          throw new ServiceFault(
            'InvalidParameterException',
            'UnsupportedByLambdaLens: Filters of BatchGetSecretValue cannot be honoured. Give a SecretIdList.',
          );
        }
        const ids = input.SecretIdList;
        if (!Array.isArray(ids) || ids.length === 0 || ids.length > 20) {
          throw new ServiceFault(
            'InvalidParameterException',
            'SecretIdList has to hold between 1 and 20 ids.',
          );
        }
        const { page, next } = pageOf(ids.map(String), input, {
          most: 20,
          fault: 'InvalidNextTokenException',
        });
        const values: unknown[] = [];
        const errors: unknown[] = [];
        for (const id of page) {
          try {
            values.push(await secretValue(id, {}));
          } catch (error) {
            if (!(error instanceof ServiceFault)) throw error;
            errors.push({ SecretId: id, ErrorCode: error.name, Message: error.message });
          }
        }
        return { SecretValues: values, Errors: errors, ...(next === undefined ? {} : { NextToken: next }) };
      },
      async DescribeSecret(input) {
        const { name, value, modifiedAt } = await find(requiredText(input, 'SecretId'));
        return {
          ARN: arnOf(name),
          Name: name,
          RotationEnabled: false,
          LastChangedDate: modifiedAt / 1000,
          CreatedDate: modifiedAt / 1000,
          VersionIdsToStages: { [versionOf(value)]: ['AWSCURRENT'] },
        };
      },
    },
    Object.fromEntries(
      ['CreateSecret', 'PutSecretValue', 'UpdateSecret', 'DeleteSecret', 'RotateSecret', 'RestoreSecret'].map(
        name => [
          name,
          `is refused: ${shortPath(file.path)} is yours to write. Change the secret there, it is read at once.`,
        ],
      ),
    ),
  );
}

/** AWS appends six random characters, which the project's own ARNs of secrets have as well. */
const arnSuffix = 'AbCdEf';

/** Another value is another version. */
function versionOf(value: string): string {
  const hash = createHash('sha256').update(value).digest('hex');
  return hash.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
