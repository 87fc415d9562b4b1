// `npm run soak`: twenty minutes of fifty invocations a second with random faults, which `npm test` runs for one.
// `npm run soak -- 300` runs for five. Ends with 0 when everything was answered and no process is left.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const seconds = process.argv[2] ?? '1200';
if (!/^[1-9]\d*$/.test(seconds)) {
  console.error(`How many seconds is "${seconds}"? For example: npm run soak -- 300`);
  process.exit(2);
}
const mocha = join(root, 'node_modules', 'mocha', 'bin', 'mocha.js');
const test = join(root, 'test', 'process', 'runtime', 'soak.test.ts');
const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', mocha, test], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, LAMBDA_LENS_SOAK_SECONDS: seconds },
});
child.on('exit', code => {
  process.exitCode = code ?? 1;
});
