import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../shared/clock.ts';
import { type HttpHead, type HttpReply, queryValue } from '../api/http.ts';
import { errorReply, frontError, resourceNotFound } from '../api/serviceErrors.ts';
import type { Ids } from '../ports.ts';
import type { CodeArchives } from './codeArchives.ts';

/** URLs at which an archive can be downloaded for some minutes by whoever knows them, as AWS's in `Code.Location`. */
export interface CodeLinks {
  linkTo(sha256: string): string;
  /** Undefined where the request is for something else. */
  answer(head: HttpHead): Promise<HttpReply> | undefined;
}

/** As long as AWS's. https://docs.aws.amazon.com/lambda/latest/api/API_FunctionCodeLocation.html */
const lifetimeMs = 10 * 60_000;

const prefix = '/_lens/code/';

/** @param endpoint the engine's */
export function createCodeLinks(
  endpoint: string,
  archives: Pick<CodeArchives, 'read'>,
  { clock, ids }: { readonly clock: Pick<Clock, 'now'>; readonly ids: Pick<Ids, 'hex'> },
): CodeLinks {
  const secret = ids.hex(32);
  const sign = (text: string) => createHmac('sha256', secret).update(text).digest('hex');

  async function download(head: HttpHead): Promise<HttpReply> {
    const sha256 = Buffer.from(head.path.slice(prefix.length), 'base64url').toString('base64');
    const expires = queryValue(head, 'expires') ?? '';
    const signature = queryValue(head, 'signature') ?? '';
    const expected = Buffer.from(sign(`${sha256} ${expires}`));
    const given = Buffer.from(signature);
    const isValid = given.length === expected.length && timingSafeEqual(given, expected);
    if (!isValid || Number(expires) < clock.now()) {
      return errorReply(
        frontError(
          'AccessDenied',
          403,
          'This link is none of this engine, or is too old. Call GetFunction for another.',
        ),
      );
    }
    const archive = await archives.read(sha256).catch(() => undefined);
    return archive
      ? { status: 200, headers: { 'content-type': 'application/zip' }, body: archive }
      : errorReply(resourceNotFound('The code is not there any more.'));
  }

  return {
    linkTo(sha256) {
      const expires = clock.now() + lifetimeMs;
      const name = Buffer.from(sha256, 'base64').toString('base64url');
      return `${endpoint}${prefix}${name}?expires=${expires}&signature=${sign(`${sha256} ${expires}`)}`;
    },
    answer: head => (head.method === 'GET' && head.path.startsWith(prefix) ? download(head) : undefined),
  };
}
