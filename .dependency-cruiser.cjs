// The import rules of ARCHITECTURE.md, as `npm test` enforces them.

/** @param {string} from @param {string} allowed */
const only = (from, allowed, comment) => ({
  name: `${from.split('/').at(-1)}-imports`,
  comment,
  severity: 'error',
  from: { path: `^${from}/` },
  to: { path: '^src/', pathNot: `^(${allowed})` },
});

module.exports = {
  forbidden: [
    only('src/shared', 'src/shared/', 'shared knows nothing of the domain'),
    only('src/model', 'src/model/|src/shared/', 'model is types that everyone may import'),
    only('src/events', 'src/events/|src/model/|src/shared/', 'events and expected results are data'),
    only('src/project', 'src/project/|src/model/|src/shared/', 'project only reads templates into the model'),
    {
      ...only('src/analyzer', 'src/analyzer/|src/model/|src/shared/', 'the analyzer knows no engine'),
      from: { path: '^src/analyzer/', pathNot: '^src/analyzer/worker\\.ts$' },
    },
    {
      name: 'analyzer-worker-imports',
      comment: 'the worker is where analyzer and project meet',
      severity: 'error',
      from: { path: '^src/analyzer/worker\\.ts$' },
      to: { path: '^src/', pathNot: '^src/(analyzer|project|model|shared)/' },
    },
    {
      ...only(
        'src/engine',
        'src/engine/|src/model/|src/shared/',
        'the engine knows no analyzer and no editor',
      ),
      from: { path: '^src/engine/', pathNot: '^src/engine/main\\.ts$' },
    },
    {
      name: 'engine-main-imports',
      comment: 'the engine process is where engine and project meet',
      severity: 'error',
      from: { path: '^src/engine/main\\.ts$' },
      to: { path: '^src/', pathNot: '^src/(engine|project|model|shared)/' },
    },
    only(
      'src/client',
      'src/client/|src/engine/ownership/|src/model/|src/shared/',
      'a client finds an engine by what it wrote, and speaks to it over HTTP',
    ),
    only(
      'src/vscode',
      'src/vscode/|src/client/|src/analyzer/(client|protocol|hints)\\.ts|src/events/|src/model/|src/shared/',
      'the extension host runs neither analyzer nor engine',
    ),
    {
      name: 'vscode-takes-client-types-only',
      comment: 'dist/aws.js is required at the first call, through src/vscode/targets/lazyClient.ts',
      severity: 'error',
      from: { path: '^src/(vscode/|extension\\.ts)' },
      to: { path: '^src/client/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'vscode-takes-sample-types-only',
      comment:
        'dist/samples.js is required when an event is chosen, through src/vscode/invoke/lazySamples.ts',
      severity: 'error',
      from: { path: '^src/(vscode/|extension\\.ts)' },
      to: { path: '^src/events/samples/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'vscode-module',
      comment: 'only src/vscode and src/extension.ts import vscode',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(vscode/|extension\\.ts)' },
      to: { path: '^vscode$' },
    },
    {
      name: 'ts-morph',
      comment: 'ts-morph lives in the analyzer and nowhere else',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/analyzer/' },
      to: { path: 'node_modules/ts-morph/' },
    },
    {
      name: 'production-imports-tests',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/scripts/' },
      to: { path: '^(test|src/scripts)/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^vscode$' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^test/(fixtures|host/vscode)/' },
    tsPreCompilationDeps: true,
    detectProcessBuiltinModuleCalls: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
