import assert from 'node:assert/strict';
import { Project, ts } from 'ts-morph';
import { clientPerInvocation } from '../../../../src/analyzer/rules/client-per-invocation.ts';
import { findingsIn } from '../rules/check.ts';

const sdk = `declare module '@aws-sdk/client-s3' {
  export class S3Client {
    constructor(options: { region?: string | undefined; tags?: string[] });
    send(command: { key: string }): Promise<string>;
    destroy(): void;
  }
}
declare const process: { env: Record<string, string | undefined> };`;

/** What it was given and what it was asked, as its answer. */
class FakeClient {
  readonly #options: unknown;
  constructor(options: unknown) {
    this.#options = options;
  }
  send(command: unknown): Promise<string> {
    return Promise.resolve(JSON.stringify([this.#options, command]));
  }
}

interface Example {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

const top = "import { S3Client } from '@aws-sdk/client-s3';\n\n";

const examples: readonly Example[] = [
  {
    name: 'a constant, with its comments and its name',
    before: `${top}/** Answers. */
export const handler = async (event: { key: string }) => {
  const { key } = event;
  // Keeps its connections.
  const s3 = new S3Client({ region: process.env.HERE });
  return s3.send({ key });
};
`,
    after: `${top}// Keeps its connections.
const s3 = new S3Client({ region: process.env.HERE });

/** Answers. */
export const handler = async (event: { key: string }) => {
  const { key } = event;
  return s3.send({ key });
};
`,
  },
  {
    name: 'an expression over several lines, of a constant of the module',
    before: `${top}const region = 'eu-west-1';

export async function handler(event: { key: string }) {
  if (event.key) {
    const s3 = new S3Client({
      region,
      tags: ['a', \`b\`],
    });
    return s3.send(event);
  }
  return undefined;
}
`,
    after: `${top}const region = 'eu-west-1';

const s3 = new S3Client({
  region,
  tags: ['a', \`b\`],
});

export async function handler(event: { key: string }) {
  if (event.key) {
    return s3.send(event);
  }
  return undefined;
}
`,
  },
  {
    name: 'what has no name, under a name that is free',
    before: `${top}const s3Client = 'taken';
export const handler = async (event: { key: string }) => [s3Client, await new S3Client({}).send(event)];
`,
    after: `${top}const s3Client = 'taken';
const s3Client2 = new S3Client({});

export const handler = async (event: { key: string }) => [s3Client, await s3Client2.send(event)];
`,
  },
  {
    name: 'a variable with a type, whose name means something else elsewhere',
    before: `${top}const other = (s3: string) => s3.length;
export const handler = async (event: { key: string }) => {
  let s3: S3Client = new S3Client({});
  return [other('text'), await s3.send(event)];
};
`,
    after: `${top}const other = (s3: string) => s3.length;
const s32 = new S3Client({});

export const handler = async (event: { key: string }) => {
  let s3: S3Client = s32;
  return [other('text'), await s3.send(event)];
};
`,
  },
];

suite('hoisting', () => {
  for (const { name, before, after } of examples) {
    test(name, () => assert.equal(fixed(before), after));

    test(`${name}: nothing is found any more, and lines that end with CR LF keep doing so`, () => {
      assert.deepEqual(findings(after), []);
      assert.equal(fixed(before.replaceAll('\n', '\r\n')), after.replaceAll('\n', '\r\n'));
    });

    test(`${name}: the answers stay the same`, async () => {
      for (const event of [{ key: 'a' }, { key: '' }, { key: 'a' }]) {
        assert.deepEqual(await run(after, event), await run(before, event));
      }
    });
  }

  test('the results compile', function () {
    this.timeout(60_000);
    const project = new Project({
      useInMemoryFileSystem: true,
      compilerOptions: { strict: true, target: 9 },
    });
    project.createSourceFile('sdk.d.ts', sdk);
    examples.forEach(({ after }, index) => {
      project.createSourceFile(`example${index}.ts`, after);
    });
    const diagnostics = project.getPreEmitDiagnostics().map(each => each.getMessageText());
    assert.deepEqual(diagnostics, []);
  });

  const refused = (name: string, body: string, module = '') =>
    test(`is refused where ${name}`, () => {
      const text = `${top}${module}\nexport const handler = async function (event) {\n${body}\n};\n`;
      assert.deepEqual(
        findings(text).map(({ fixable }) => fixable),
        [false],
      );
    });

  refused(
    'it uses a variable of the function',
    'const region = load(); const s3 = new S3Client({ region });',
  );
  refused('it uses `this`', 'const s3 = new S3Client({ region: this.region });');
  refused('it calls something', 'const s3 = new S3Client({ region: load() });');
  refused('it waits for something', 'const s3 = new S3Client({ region: await process.env.HERE });');
  refused('it makes a function', 'const s3 = new S3Client({ credentials: () => ({}) });');
  refused('it is closed', 'const s3 = new S3Client({}); s3.destroy();');
  refused('its settings are changed', 'const s3 = new S3Client({}); s3.middlewareStack.add(1);');
  refused(
    'a constant comes later',
    'const s3 = new S3Client({ region: late });\n};\nconst late = 1;\nconst f = () => {',
  );
  refused(
    'the environment changes',
    "process.env.HERE = 'x'; const s3 = new S3Client({ region: process.env.HERE });",
  );
  refused('a variable changes', 'const s3 = new S3Client({ region });', 'let region = 1; region = 2;');
  refused('an object may change', 'const s3 = new S3Client(options);', 'const options = {};');
  refused('init runs it as well', 'make();', 'const make = () => new S3Client({}); make();');
});

function findings(text: string) {
  const handler = `// template: handler\n${text}`;
  return findingsIn(handler, [clientPerInvocation]).get('/app/handler.ts') ?? [];
}

/** The text with the one finding's fix. */
function fixed(text: string): string {
  const head = '// template: handler\n';
  const [finding, ...more] = findings(text);
  assert.equal(more.length, 0);
  const edits = [...(finding?.fix?.edits ?? [])].sort((a, b) => b.start - a.start);
  assert.ok(edits.length > 0, 'there is no fix');
  return edits
    .reduce(
      (before, { start, end, newText }) => before.slice(0, start) + newText + before.slice(end),
      head + text,
    )
    .slice(head.length);
}

async function run(text: string, event: object): Promise<unknown> {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ESNext },
  });
  const exports: { handler?: (event: object) => Promise<unknown> } = {};
  const load = new Function('exports', 'require', 'process', outputText);
  load(exports, () => ({ S3Client: FakeClient }), { env: { HERE: 'here' } });
  return exports.handler?.(event);
}
