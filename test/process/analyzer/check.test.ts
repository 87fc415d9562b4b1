import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { runCheck } from '../../../src/cli/check.ts';
import { UserError } from '../../../src/shared/errors.ts';
import { type BundledAnalyzer, bundleAnalyzer } from './bundle.ts';

const sources: Readonly<Record<string, string>> = {
  'template.yaml': `Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties: { CodeUri: src/, Handler: orders.run, Runtime: nodejs24.x }
`,
  'src/orders.ts': "import { save } from './lib/store';\nexport const run = async event => save(event);\n",
  'src/lib/store.ts': 'let pool;\nexport const save = item => (pool ??= {});\n',
  'src/alone.ts': 'export const handler = () => 1;\n',
  'src/types.d.ts': 'export interface Item { id: string }\n',
  'node_modules/x/index.js': 'exports.handler = async event => event.Records;\n',
  '.hidden/index.js': 'exports.handler = async event => event.Records;\n',
  'dist/index.js': 'exports.handler = async event => event.Records;\n',
};

suite('lambda-lens check', () => {
  let bundle: BundledAnalyzer;
  let cwd = '';

  suiteSetup(async () => {
    bundle = await bundleAnalyzer();
    cwd = await mkdtemp(join(tmpdir(), 'lambda-lens-check-'));
    for (const [path, content] of Object.entries(sources)) {
      await mkdir(dirname(join(cwd, path)), { recursive: true });
      await writeFile(join(cwd, path), content);
    }
  });

  suiteTeardown(async () => {
    await bundle.remove();
    await rm(cwd, { recursive: true });
  });

  async function check(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
    const stdout = new PassThrough();
    const stderr = new PassThrough();
    const output = Promise.all([text(stdout), text(stderr)]);
    const code = await runCheck(args, { stdout, stderr, cwd, distDirectory: bundle.folder });
    stdout.end();
    stderr.end();
    const [out, err] = await output;
    return { code, stdout: out, stderr: err };
  }

  const paths = (stdout: string) => JSON.parse(stdout).files.map((file: { path: string }) => file.path);

  test('a folder is walked, but not what was installed, built or hidden', async () => {
    const { code, stdout, stderr } = await check('.', '--format', 'json');
    assert.deepEqual([code, stderr], [0, '']);
    assert.deepEqual(paths(stdout), ['src/alone.ts', 'src/lib/store.ts', 'src/orders.ts']);
  });

  test('handlers come from the template, and regions follow their calls into other files', async () => {
    const { stdout } = await check('src', '--format', 'json');
    assert.deepEqual(JSON.parse(stdout), {
      version: 1,
      files: [
        { path: 'src/alone.ts', handlers: [], regions: [], findings: [] },
        {
          path: 'src/lib/store.ts',
          handlers: [],
          regions: [
            {
              startLine: 1,
              startColumn: 1,
              endLine: 2,
              endColumn: 43,
              phase: 'init',
              reason: 'module code: once per environment, loaded by orders.ts:1',
            },
            {
              startLine: 2,
              startColumn: 21,
              endLine: 2,
              endColumn: 42,
              phase: 'invoke',
              reason: 'called on every invocation by run',
            },
            {
              startLine: 2,
              startColumn: 39,
              endLine: 2,
              endColumn: 41,
              phase: 'lazy',
              reason: 'once per environment: runs until `pool` is set',
            },
          ],
          findings: [],
        },
        {
          path: 'src/orders.ts',
          handlers: [{ name: 'run', line: 2, column: 14, via: 'template' }],
          regions: [
            {
              startLine: 1,
              startColumn: 1,
              endLine: 2,
              endColumn: 47,
              phase: 'init',
              reason: 'module code: once per environment, before the first invocation',
            },
            {
              startLine: 2,
              startColumn: 26,
              endLine: 2,
              endColumn: 46,
              phase: 'invoke',
              reason: 'the handler: Lambda calls it on every invocation',
            },
          ],
          findings: [],
        },
      ],
    });
  });

  test('a file alone is checked with the template above it, and keeps the path that it was given', async () => {
    const file = join(cwd, 'src', 'orders.ts');
    const { stdout } = await check(file, '--format', 'json');
    const [only] = JSON.parse(stdout).files;
    assert.deepEqual([only.path, only.handlers.length], [file, 1]);
  });

  test('a pattern is expanded', async () => {
    const { stdout } = await check('src/**/s*.ts', 'src/orders.ts', 'src/orders.ts', '--format', 'json');
    assert.deepEqual(paths(stdout), ['src/lib/store.ts', 'src/orders.ts']);
  });

  test('a finding above the severity that is allowed makes the exit code 1, and is shown with its line', async () => {
    const file = join(cwd, 'client.ts');
    const client = 'new S3Client({})';
    await writeFile(
      file,
      `import { S3Client } from '@aws-sdk/client-s3';\nexport const handler = async event => ${client}.send(event);\n`,
    );
    try {
      const { code, stdout } = await check('client.ts');
      assert.equal(code, 1);
      assert.match(
        stdout,
        / 2:39 warning S3Client is built on every invocation.*\(client-per-invocation\)\n/,
      );
      assert.match(stdout, /^ {4}2 \| export const handler = async event => new S3Client/m);
      assert.equal((await check('client.ts', '--max-severity', 'warning')).code, 0);
      const [only] = JSON.parse((await check('client.ts', '--format', 'json')).stdout).files;
      assert.deepEqual(
        only.findings.map(({ rule, startLine, endColumn }: Record<string, unknown>) => [
          rule,
          startLine,
          endColumn,
        ]),
        [['client-per-invocation', 2, 39 + client.length]],
      );
    } finally {
      await rm(file);
    }
  });

  test('--fix changes the file, fix by fix, and reports what is left', async () => {
    const file = join(cwd, 'fixed.ts');
    const head = "import { S3Client } from '@aws-sdk/client-s3';\n\n";
    const handler = (first: string, second: string) =>
      `export const handler = async event => [${first}, ${second}, new S3Client({ region: load() })];\n`;
    await writeFile(file, head + handler('new S3Client({})', 'new S3Client({})'));
    try {
      const { code, stdout } = await check('fixed.ts', '--fix');
      assert.equal(code, 1);
      assert.match(stdout, /1 finding\n$/);
      const constants = 'const s3Client = new S3Client({});\n\nconst s3Client2 = new S3Client({});\n\n';
      assert.equal(await readFile(file, 'utf8'), head + constants + handler('s3Client', 's3Client2'));
    } finally {
      await rm(file);
    }
  });

  test('severities are those that the settings of the folder give to rules', async () => {
    const file = join(cwd, 'src', 'severities.ts');
    const settings = join(cwd, '.vscode', 'settings.json');
    const configure = (severity: string) =>
      writeFile(settings, `{ "lambdaLens.rules.severity": { "secret-literal": "${severity}" } }`);
    try {
      await mkdir(dirname(settings), { recursive: true });
      await writeFile(
        file,
        "const key = 'AKIA' + 'x';\nconst id = 'AKIAABCDEFGHIJKLMNOP';\nexport const handler = async event => [event.Records, key, id];\n",
      );
      assert.equal((await check('src/severities.ts')).code, 1);
      await configure('hint');
      const { code, stdout } = await check('src/severities.ts');
      assert.equal(code, 0);
      assert.match(stdout, /2:12 hint .* \(secret-literal\)/);
      await configure('off');
      assert.match((await check('src/severities.ts')).stdout, /0 findings\n$/);
      await configure('of');
      await assert.rejects(check('src/severities.ts'), /"of" is no severity for secret-literal/);
    } finally {
      await rm(file);
      await rm(settings);
    }
  });

  test('what is wrong with a template is told at its place, for the folder that it is in', async () => {
    const folder = join(cwd, 'templates');
    await mkdir(folder, { recursive: true });
    const template = (comment: string) => `Transform: AWS::Serverless-2016-10-31
Resources:
  Old:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: .
      Handler: index.run
      ${comment}
      Runtime: nodejs16.x
`;
    try {
      await writeFile(join(folder, 'index.js'), 'exports.handler = async () => {};\n');
      await writeFile(join(folder, 'template.yaml'), template('# Some day.'));
      const { code, stdout } = await check('templates');
      assert.equal(code, 1);
      assert.match(
        stdout,
        /^templates\/template\.yaml\n {2}7:16 error index\.js does not export run, but handler: /,
      );
      assert.match(stdout, /^ {2}9:16 warning nodejs16\.x .*\(end-of-life-runtime\)\n {4}9 \|/m);
      assert.deepEqual(paths((await check('templates/index.js', '--format', 'json')).stdout), [
        'templates/index.js',
      ]);
      await writeFile(
        join(folder, 'template.yaml'),
        template('# lambda-lens-disable-next-line end-of-life-runtime -- to be replaced in spring'),
      );
      assert.match((await check('templates')).stdout, /, 1 finding\n$/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('pretty is for people', async () => {
    const { code, stdout } = await check('src/orders.ts');
    assert.equal(code, 0);
    assert.match(stdout, /^src\/orders\.ts\n {2}handler run at 2:14 \(template\)\n/);
    assert.match(stdout, /\n1 file, 1 handler, 0 findings\n$/);
  });

  test('sarif is version 2.1.0', async () => {
    const { stdout } = await check('src', '--format', 'sarif', '--max-severity', 'none');
    assert.equal(JSON.parse(stdout).version, '2.1.0');
  });

  test('a folder without sources is fine, and is said to be empty', async () => {
    await mkdir(join(cwd, 'empty'), { recursive: true });
    const { code, stdout, stderr } = await check('empty', '--format', 'json');
    assert.deepEqual(
      [code, JSON.parse(stdout), stderr],
      [0, { version: 1, files: [] }, 'No TypeScript or JavaScript files were found.\n'],
    );
  });

  const refused: readonly (readonly [string, readonly string[], RegExp])[] = [
    [
      'a path that is not there',
      ['src/missing.ts'],
      /^Cannot read src\/missing\.ts: there is no such file or folder\.$/,
    ],
    [
      'a pattern that nothing matches',
      ['src/*.jsx'],
      /^Nothing to check: no TypeScript or JavaScript file matches src\/\*\.jsx\.$/,
    ],
    [
      'a file of another language',
      ['template.yaml'],
      /^Cannot check template\.yaml: it is not a TypeScript or JavaScript file\.$/,
    ],
    ['no path', [], /^Which files or folders are to be checked\?/],
    ['an unknown option', ['src', '--repair'], /--repair/],
    [
      'an unknown format',
      ['src', '--format', 'xml'],
      /^--format must be one of pretty, json, sarif, not 'xml'\.$/,
    ],
    ['an unknown severity', ['src', '--max-severity', 'fatal'], /^--max-severity must be one of /],
  ];
  for (const [name, args, message] of refused) {
    test(`${name} is refused in one line`, async () => {
      await assert.rejects(check(...args), (error: unknown) => {
        assert.ok(error instanceof UserError);
        assert.match(error.message, message);
        assert.ok(!error.message.includes('\n'));
        return true;
      });
    });
  }
});
