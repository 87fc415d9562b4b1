// Random sequences of operations against a small model of what Lambda does.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { writeZip } from '../../../../src/engine/code/writeZip.ts';
import { type Answer, createTestService, type TestService } from './service.ts';

type Command =
  | { readonly kind: 'create' | 'updateCode'; readonly code: number }
  | { readonly kind: 'configure'; readonly memory: number }
  | { readonly kind: 'publish' | 'deleteFunction' }
  | { readonly kind: 'deleteVersion'; readonly version: string }
  | {
      readonly kind: 'createAlias' | 'updateAlias';
      readonly name: string;
      readonly version: string;
      readonly other: string;
      readonly weight: number | undefined;
    }
  | { readonly kind: 'deleteAlias'; readonly name: string }
  | { readonly kind: 'invoke'; readonly qualifier: string | undefined; readonly random: number }
  | { readonly kind: 'list' };

interface Version {
  readonly code: number;
  readonly memory: number;
}

interface Alias {
  readonly version: string;
  readonly other?: string;
  readonly weight?: number;
}

/** What there is, as simply as it can be said. */
class Model {
  latest: Version | undefined;
  versions = new Map<number, Version>();
  aliases = new Map<string, Alias>();
  last = 0;
  lastPublished: Version | undefined;

  exists(version: string): boolean {
    return version === '$LATEST' || this.versions.has(Number(version));
  }

  used(version: string): boolean {
    return [...this.aliases.values()].some(alias => alias.version === version || alias.other === version);
  }
}

const version = fc.constantFrom('1', '2', '3', '4', '5');
const name = fc.constantFrom('live', 'dev');
const pointing = {
  name,
  version: fc.oneof(version, fc.constant('$LATEST')),
  other: version,
  weight: fc.option(fc.constantFrom(0, 0.1, 0.5, 1), { nil: undefined }),
};
const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('create' as const, 'updateCode' as const),
      code: fc.nat({ max: 2 }),
    }),
  },
  fc.record({ kind: fc.constant('configure' as const), memory: fc.constantFrom(128, 256) }),
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('publish' as const) }) },
  fc.record({ kind: fc.constant('deleteVersion' as const), version }),
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('createAlias' as const), ...pointing }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('updateAlias' as const), ...pointing }) },
  fc.record({ kind: fc.constant('deleteAlias' as const), name }),
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('invoke' as const),
      qualifier: fc.option(fc.oneof(version, name, fc.constant('$LATEST')), { nil: undefined }),
      random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('list' as const) }) },
  fc.record({ kind: fc.constant('deleteFunction' as const) }),
);

suite('random sequences of publish, update, alias, delete and invoke', () => {
  let zips: readonly Buffer[];
  suiteSetup(async () => {
    zips = await Promise.all(
      [0, 1, 2].map(code => writeZip([{ name: 'index.js', contents: Buffer.from(String(code)) }])),
    );
  });

  test('have no difference from a small model', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 40, maxLength: 100 }), async commands => {
        let drawn = 0;
        const service = createTestService(() => drawn);
        const model = new Model();
        for (const next of commands) {
          if (next.kind === 'invoke') drawn = next.random;
          assert.deepEqual(await observed(service, next, zips), expected(model, next, zips), next.kind);
        }
      }),
      { numRuns: 400 },
    );
  }).timeout(60_000);
});

/** What the service answers, cut down to what the model knows. */
async function observed(service: TestService, next: Command, zips: readonly Buffer[]): Promise<unknown> {
  const FunctionName = 'f';
  const call = (operation: string, input: object = {}) => service.call(operation, { FunctionName, ...input });
  switch (next.kind) {
    case 'create':
      return told(
        await call('CreateFunction', {
          Role: 'arn:aws:iam::000000000000:role/r',
          Runtime: 'nodejs24.x',
          Handler: 'index.handler',
          Code: { ZipFile: zips[next.code] },
        }),
        ({ CodeSha256 }) => CodeSha256,
      );
    case 'updateCode':
      return told(
        await call('UpdateFunctionCode', { ZipFile: zips[next.code] }),
        ({ CodeSha256 }) => CodeSha256,
      );
    case 'configure':
      return told(
        await call('UpdateFunctionConfiguration', { MemorySize: next.memory }),
        ({ MemorySize }) => MemorySize,
      );
    case 'publish':
      return told(await call('PublishVersion'), ({ Version, CodeSha256, MemorySize }) => [
        Version,
        CodeSha256,
        MemorySize,
      ]);
    case 'deleteFunction':
      return told(await call('DeleteFunction'), () => 'deleted');
    case 'deleteVersion':
      return told(await call('DeleteFunction', { Qualifier: next.version }), () => 'deleted');
    case 'createAlias':
    case 'updateAlias':
      return told(
        await call(next.kind === 'createAlias' ? 'CreateAlias' : 'UpdateAlias', {
          Name: next.name,
          FunctionVersion: next.version,
          RoutingConfig: {
            AdditionalVersionWeights: next.weight === undefined ? {} : { [next.other]: next.weight },
          },
        }),
        ({ FunctionVersion, RoutingConfig }) => [FunctionVersion, RoutingConfig],
      );
    case 'deleteAlias':
      return told(await call('DeleteAlias', { Name: next.name }), () => 'deleted');
    case 'invoke': {
      const located = await service.deployed.locate(FunctionName, next.qualifier);
      if (located.kind === 'refused') return located.error.name;
      if (located.kind !== 'stored') return located.kind;
      const { definition } = located;
      return [located.version, definition.memorySizeMb, definition.codeDirectory];
    }
    case 'list':
      return told(await call('ListVersionsByFunction'), ({ Versions }) =>
        (Versions as readonly { Version: string }[]).map(({ Version }) => Version),
      );
  }
}

function told(answer: Answer, of: (output: Readonly<Record<string, unknown>>) => unknown): unknown {
  return answer.kind === 'failed' ? answer.error.name : of(answer.output);
}

const missing = 'ResourceNotFoundException';
const invalid = 'InvalidParameterValueException';
const conflict = 'ResourceConflictException';

/** The same from the model, which is changed by it. */
function expected(model: Model, next: Command, zips: readonly Buffer[]): unknown {
  const digest = (code: number) =>
    createHash('sha256')
      .update(zips[code] ?? '')
      .digest('base64');
  const { latest } = model;
  if (next.kind === 'create') {
    if (latest) return conflict;
    model.latest = { code: next.code, memory: 128 };
    return digest(next.code);
  }
  if (!latest) return missing;
  switch (next.kind) {
    case 'updateCode':
      model.latest = { ...latest, code: next.code };
      return digest(next.code);
    case 'configure':
      model.latest = { ...latest, memory: next.memory };
      return next.memory;
    case 'publish': {
      const isSame =
        model.versions.has(model.last) &&
        model.lastPublished?.code === latest.code &&
        model.lastPublished.memory === latest.memory;
      if (!isSame) {
        model.last += 1;
        model.versions.set(model.last, latest);
        model.lastPublished = latest;
      }
      return [String(model.last), digest(latest.code), latest.memory];
    }
    case 'deleteFunction':
      model.latest = undefined;
      model.versions.clear();
      model.aliases.clear();
      return 'deleted';
    case 'deleteVersion':
      if (model.used(next.version)) return conflict;
      model.versions.delete(Number(next.version));
      return 'deleted';
    case 'createAlias':
    case 'updateAlias': {
      const { name: alias, version: main, other, weight } = next;
      const isThere = model.aliases.has(alias);
      if (next.kind === 'createAlias' && isThere) return conflict;
      if (next.kind === 'updateAlias' && !isThere) return missing;
      if (!model.exists(main)) return missing;
      if (weight !== undefined) {
        if (main === '$LATEST' || main === other) return invalid;
        if (!model.exists(other)) return missing;
      }
      model.aliases.set(alias, weight === undefined ? { version: main } : { version: main, other, weight });
      return [main, weight === undefined ? undefined : { AdditionalVersionWeights: { [other]: weight } }];
    }
    case 'deleteAlias':
      model.aliases.delete(next.name);
      return 'deleted';
    case 'invoke': {
      const alias = model.aliases.get(next.qualifier ?? '');
      const run =
        alias?.other !== undefined && next.random < (alias.weight ?? 0)
          ? alias.other
          : (alias?.version ?? next.qualifier ?? '$LATEST');
      const found = run === '$LATEST' ? latest : model.versions.get(Number(run));
      return found ? [run, found.memory, `/code/${digest(found.code)}`] : missing;
    }
    case 'list':
      return ['$LATEST', ...[...model.versions.keys()].sort((a, b) => a - b).map(String)];
  }
}
