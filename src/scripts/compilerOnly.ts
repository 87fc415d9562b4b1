// What is bundled of ts-morph: the compiler that it contains, since the analyzer walks the compiler's own nodes and
// uses nothing else of it. The rest is a third of the file that the worker has to parse before it can answer anything.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'esbuild';

const namespace = 'compiler-of-ts-morph';

export const compilerOnly: Plugin = {
  name: namespace,
  setup(build) {
    build.onResolve({ filter: /^ts-morph$/ }, ({ path, importer }) => {
      const common = createRequire(createRequire(importer).resolve(path)).resolve('@ts-morph/common');
      return { path, namespace, pluginData: join(dirname(common), 'typescript.js') };
    });
    build.onLoad({ filter: /.*/, namespace }, ({ pluginData }) => ({
      contents: `exports.ts = require(${JSON.stringify(pluginData)});`,
      resolveDir: dirname(pluginData),
    }));
  },
};
