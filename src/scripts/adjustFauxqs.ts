// What is changed in fauxqs when it is bundled, as it has no option for it. A version of fauxqs to which a change
// no longer fits does not build: then see whether it still is needed.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';

interface Adjustment {
  /** Below node_modules/fauxqs/dist. */
  readonly file: string;
  /** What stands there, as often as `times` says. */
  readonly from: string;
  readonly to: string;
  readonly times: number;
}

const adjustments: readonly Adjustment[] = [
  // The account is the engine's.
  {
    file: 'common/types.js',
    from: 'DEFAULT_ACCOUNT_ID = "000000000000"',
    to: 'DEFAULT_ACCOUNT_ID = process.env.LAMBDA_LENS_ACCOUNT_ID ?? "000000000000"',
    times: 1,
  },
  // Help for clients, which brings the SDK's HTTP client with it.
  {
    file: 'app.js',
    from: 'export { createLocalhostHandler, interceptLocalhostDns } from "./localhost.js";',
    to: '',
    times: 1,
  },
  // Objects are as large as the engine lets them be.
  { file: 'app.js', from: 'bodyLimit: 11 * 1_048_576', to: 'bodyLimit: 2 ** 30', times: 1 },
  // Nothing listens for the network, also where the host's own guard should fail.
  { file: 'app.js', from: 'host: "0.0.0.0"', to: 'host: "127.0.0.1"', times: 1 },
  // A batch holds as many messages of one group as there are, not one, and what comes back keeps its order.
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html
  {
    file: 'sqs/sqsStore.js',
    from: `this.fifoLockedGroups.set(groupId, (this.fifoLockedGroups.get(groupId) ?? 0) + 1);
                break;`,
    to: 'this.fifoLockedGroups.set(groupId, (this.fifoLockedGroups.get(groupId) ?? 0) + 1);',
    times: 1,
  },
  {
    file: 'sqs/sqsStore.js',
    from: 'group.unshift(entry.message);',
    to: 'group.push(entry.message); group.sort((a, b) => (a.sequenceNumber < b.sequenceNumber ? -1 : 1));',
    times: 2,
  },
  // Characters beyond the basic plane are valid, too; written as halves they are not.
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
  {
    file: 'sqs/sqsTypes.js',
    from: String.raw`INVALID_MESSAGE_BODY_CHAR = /[^\x09\x0A\x0D\x20-\uD7FF\uE000-\uFFFD]/;`,
    to: String.raw`INVALID_MESSAGE_BODY_CHAR = /[^\x09\x0A\x0D\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;`,
    times: 1,
  },
  // A message that is given back keeps its count, without which the database refuses it.
  {
    file: 'persistence.js',
    from: 'this.stmts.updateMessageInflight.run(null, null, null, null, messageId);',
    to: 'this.db.prepare("UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL WHERE message_id = ?").run(messageId);',
    times: 1,
  },
];

export const adjustFauxqs: Plugin = {
  name: 'adjust-fauxqs',
  setup(build) {
    build.onLoad({ filter: /[\\/]node_modules[\\/]fauxqs[\\/]dist[\\/].*\.js$/ }, async ({ path }) => {
      const own = adjustments.filter(({ file }) => path.endsWith(join('fauxqs', 'dist', file)));
      if (own.length === 0) return undefined;
      let contents = await readFile(path, 'utf8');
      for (const { file, from, to, times } of own) {
        const parts = contents.split(from);
        if (parts.length !== times + 1) {
          return { errors: [{ text: `fauxqs/dist/${file} does not hold "${from}" ${times} times.` }] };
        }
        contents = parts.join(to);
      }
      return { contents, loader: 'js' };
    });
  },
};
