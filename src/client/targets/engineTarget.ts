import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { EngineAttachment } from '../../model/engineAttachment.ts';
import type { EngineExtras, LatestState, PastAlias, Target, VersionSources } from '../../model/target.ts';
import { TargetError } from '../../model/targetError.ts';
import { messageOf } from '../../shared/errors.ts';
import type { EngineConnection } from '../connection.ts';
import type { SignedHttp } from '../signedHttp.ts';
import { archiveFiles } from './archiveFiles.ts';
import { createLambdaTarget } from './lambdaTarget.ts';
import { serviceError } from './serviceError.ts';

/** @param client of the engine's endpoint; whoever has made it ends it. */
export function createEngineTarget(
  client: LambdaClient,
  attachment: EngineAttachment,
  http: SignedHttp,
  follow: EngineConnection['events'],
): Target {
  async function read(path: string, query: Readonly<Record<string, string>>, signal?: AbortSignal) {
    const { status, body } = await http.read('GET', { path, query }, signal ? { signal } : {});
    if (status !== 200) throw refused(path, status, body);
    return JSON.parse(body) as unknown;
  }

  const engine: EngineExtras = {
    onDidChange: listener =>
      follow(
        event => {
          if (event.type === 'versionsChanged' || event.type === 'latestContested') {
            listener(event.functionName);
          }
          if (event.type === 'functionsChanged') listener(undefined);
        },
        undefined,
        () => listener(undefined),
      ),
    onDidInvoke: listener => follow(event => event.type === 'invocationEnded' && listener(event)),
    async aliasChanges(functionName, name, signal) {
      const query = { function: functionName, alias: name };
      const { changes } = (await read('/_lens/alias-changes', query, signal)) as {
        changes: readonly { readonly alias: PastAlias; readonly replacedAt: number }[];
      };
      return changes.map(({ alias: { version, additional }, replacedAt }) => ({
        version,
        replacedAt,
        ...(additional ? { additional } : {}),
      }));
    },
    async latest(functionName, signal) {
      return (await read('/_lens/latest', { function: functionName }, signal)) as LatestState;
    },
    async decideLatest(functionName, keep, signal) {
      const query = { function: functionName, keep };
      const { status, body } = await http.read(
        'POST',
        { path: '/_lens/latest', query },
        signal ? { signal } : {},
      );
      if (status !== 200) throw refused('/_lens/latest', status, body);
    },
  };

  async function sources(
    functionName: string,
    version: string,
    signal?: AbortSignal,
  ): Promise<VersionSources> {
    const response = await http.send(
      'GET',
      { path: '/_lens/sources', query: { function: functionName, version } },
      signal ? { signal } : {},
    );
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    if (response.statusCode !== 200) {
      throw refused('/_lens/sources', response.statusCode ?? 0, body.toString('utf8'));
    }
    return {
      relativeTo: response.headers['lambda-lens-sources'] === 'workspace' ? 'workspace' : 'codeDirectory',
      files: archiveFiles(body),
    };
  }

  return createLambdaTarget({
    client,
    identity: {
      kind: 'engine',
      id: `engine ${attachment.root}`,
      label: 'Local',
      region: attachment.region,
      accountId: attachment.accountId,
      isReadOnly: false,
    },
    explain: (error, action) =>
      error instanceof TargetError
        ? error
        : (serviceError(error, action) ??
          new TargetError(
            'unreachable',
            `${action}: the local Lambda service could not be reached (${messageOf(error)}). Try again; it is started anew where needed.`,
            { cause: error },
          )),
    sources,
    engine,
  });
}

/** What the engine says in an error's body, in whichever case. */
function refused(path: string, status: number, body: string): TargetError {
  let said = body;
  try {
    const { message, Message = message } = JSON.parse(body) as { message?: string; Message?: string };
    said = Message ?? body;
  } catch {
    // It is text then.
  }
  return new TargetError(status === 404 ? 'notFound' : 'other', said === '' ? `${path}: ${status}` : said);
}
