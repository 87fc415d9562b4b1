// The first thing that every npm script runs. It works on whatever Node there is (18 or later) and with
// nothing installed: it installs the locked dependencies, then runs the named script on the project's own
// Node 24.
//
//   node src/scripts/bootstrap.mjs <script.ts> [arguments]
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const scripts = dirname(fileURLToPath(import.meta.url));
const root = join(scripts, '..', '..');
const modules = join(root, 'node_modules');
const stamp = join(modules, '.lambda-lens-installed');
const projectNode = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

installDependencies();
runScript(process.argv.slice(2));

function installDependencies() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(`${process.platform}-${process.arch}`)
    .digest('hex');
  if (existsSync(projectNode) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.error('Installing the dependencies named in package-lock.json ...');
  const npm = process.env.npm_execpath;
  const [command, args] = npm ? [process.execPath, [npm]] : ['npm', []];
  rmSync(stamp, { force: true });
  // Not `npm ci`: since npm 11 it refuses a lock file that lacks another platform's optional binaries, which
  // not every registry carries. What the lock file names is installed as it says, and it is left as it is.
  const { status } = spawnSync(
    command,
    [...args, 'install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: root,
      stdio: ['ignore', 2, 2],
    },
  );
  if (status !== 0 || !existsSync(projectNode)) {
    console.error(
      'Lambda Lens: npm did not install the dependencies (see above). ' +
        'Check that the npm registry can be reached, then run the command again.',
    );
    process.exit(2);
  }
  writeFileSync(stamp, wanted);
}

function runScript([script, ...args]) {
  const child = spawn(
    projectNode,
    ['--disable-warning=ExperimentalWarning', join(scripts, script), ...args],
    {
      cwd: root,
      stdio: 'inherit',
      env: {
        ...process.env,
        PATH: [dirname(projectNode), join(modules, '.bin'), process.env.PATH].join(delimiter),
      },
    },
  );
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}
