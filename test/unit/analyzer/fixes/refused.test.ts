// Code that rules find something in, and that no fix may touch: it would not do the same afterwards, or not compile.
import assert from 'node:assert/strict';
import { findingsOf } from '../../../support/fixes/applyFixes.ts';

const s3 = "import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';\n";

suite('no fix', () => {
  const refuse = (rule: string, cases: Readonly<Record<string, string>>, extension = '.ts') => {
    for (const [reason, text] of Object.entries(cases)) {
      test(`of ${rule} where ${reason}`, () => {
        const found = findingsOf(text, extension).filter(each => each.rule === rule);
        assert.ok(found.length > 0, 'nothing was found');
        assert.deepEqual(
          found.map(({ fix }) => fix?.title),
          found.map(() => undefined),
        );
      });
    }
  };
  const handler = (body: string) => `export const handler = async (event) => {\n${body}\n};\n`;
  const withCallback = (body: string) =>
    `// template: handler nodejs22.x\nexports.handler = (event, context, callback) => {\n${body}\n};\n`;

  refuse('client-per-invocation', {
    'the connection is closed':
      "import mysql from 'mysql2/promise';\n" +
      handler('const db = await mysql.createConnection({});\nawait db.query(event);\nawait db.end();'),
    'the connection is opened by a call of its own':
      "import { Client } from 'pg';\n" +
      handler('const db = new Client();\nawait db.connect();\nreturn db.query(event);'),
    'it uses a variable of the function':
      s3 +
      handler(
        'const region = process.env.A ?? load();\nconst client = new S3Client({ region });\nreturn client.send(event);',
      ),
    'it uses this': `${s3}export const handler = async function (event) {\nconst client = new S3Client({ region: this.region });\nreturn client.send(event);\n};\n`,
  });

  refuse('secret-per-invocation', {
    'what is awaited is more than the request':
      "import { SSMClient, GetParameterCommand } from '@aws-sdk/client-ssm';\nconst ssm = new SSMClient({});\n" +
      handler("return Promise.all([ssm.send(new GetParameterCommand({ Name: 'a' }))]);"),
  });

  refuse('environment-per-invocation', {
    'the file changes the environment': `${handler('return process.env.LIMIT;')}process.env.OTHER = 'x';\n`,
    'it is taken apart with a default': handler("const { LIMIT = '1' } = process.env;\nreturn LIMIT;"),
  });

  refuse('floating-promise', {
    'the callback around it is not async': handler(
      "await new Promise(end => end(1));\n[1].map(() => {\nfetch('https://x');\nreturn 1;\n});",
    ),
    'what is gone through may be no array': `const all = new Map();\n${handler('all.forEach(async each => { await each(); });')}`,
  });

  refuse('fetch-without-timeout', {
    'there are more arguments': handler("return fetch('https://x', {}, event);"),
  });

  refuse('front-door-response', {
    'the body is a function': handler('return { statusCode: 200, body: () => 1 };'),
  });

  refuse('non-json-return', {
    'the handler says what it returns':
      'export const handler = async (event: string[]): Promise<{ all: Set<string> }> => ({ all: new Set(event) });\n',
    'it is a Response': handler('return new Response(event);'),
  });

  refuse('batch-item-failures', {
    'it is not plain which one is the identifier': handler(
      'return { batchItemFailures: event.Records.map(record => ({ id: record.messageId, at: 1 })) };',
    ),
  });

  refuse('heavy-import', {
    'the package is called itself': `import _ from 'lodash';\n${handler('return _(event.Records).map(String).value();')}`,
    'its types are used': `import _ from 'lodash';\n${handler('const all: _.Dictionary<string> = _.groupBy(event.Records);\nreturn all;')}`,
    'it is handed on': `import _ from 'lodash';\n${handler('return [_.map(event, String), run(_)];')}`,
    'its name means something else as well': `import _ from 'lodash';\n${handler('return _.map(event, (_, index) => index);')}`,
    'all of it is imported': `import * as _ from 'lodash';\n${handler('return _.map(event, String);')}`,
    'it is no such package': `import AWS from 'aws-sdk';\n${handler('return AWS;')}`,
  });

  refuse('mutable-module-state', {
    'two functions use it': `const all: string[] = [];\nconst count = () => all.length;\n${handler('all.push(event.id);\nreturn count();')}`,
    'the function has no block':
      'const all: string[] = [];\nexport const handler = async (event: { id: string }) => all.push(event.id);\n',
  });

  refuse('timer-per-invocation', {
    'the listener uses the event': handler("process.on('SIGTERM', () => console.log(event));"),
    'it is an interval': handler('setInterval(() => console.log(1), 1000);'),
  });

  refuse('sequential-awaits', {
    'a function around it is not async': handler(
      "const run = async function* () {};\nfor (let i = 0; i < event.ids.length; i++) await fetch('https://x/' + event.ids[i], { signal: event.signal });",
    ),
    'TypeScript knows more of a variable than a function would':
      "export const handler = async (event: { ids: string[]; base?: string }) => {\nlet base = event.base;\nif (!base) base = 'https://x';\nfor (const id of event.ids) {\nawait fetch(base + id, { signal: AbortSignal.timeout(1) });\n}\n};\n",
  });

  refuse(
    'callback-handler',
    {
      'another function calls the callback': withCallback('setTimeout(() => callback(null, 1), 10);'),
      'something follows the call': withCallback('callback(null, 1);\nconsole.log(event);'),
      'the error may be none': withCallback('callback(event.error, 1);'),
      'the callback is handed on': withCallback('run(event, callback);'),
      'the error would be caught': withCallback(
        "try {\nif (event.bad) return callback(new Error('x'));\ncallback(null, 1);\n} catch (error) {\nconsole.log(error);\n}",
      ),
      'the handler is async': withCallback('callback(null, 1);').replace('(event', 'async (event'),
      'it returns something else': withCallback('if (event.x) return 5;\ncallback(null, 1);'),
    },
    '.js',
  );
});
