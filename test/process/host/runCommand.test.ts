import assert from 'node:assert/strict';
import { runCommand } from '../../../src/scripts/host/runCommand.ts';
import { until } from '../../support/until.ts';

suite('a command of the scripts', () => {
  test('tells how it ended and what it wrote', async () => {
    const script = 'console.log("out"); console.error("err"); process.exitCode = 3;';
    const { code, output } = await runCommand(process.execPath, ['-e', script]);
    assert.equal(code, 3);
    assert.match(output, /out/);
    assert.match(output, /err/);
  });

  test('that does not exist has code 127', async () => {
    assert.equal((await runCommand('no-such-command', [])).code, 127);
  });

  test('is not waited for because of a process that it leaves with its pipes', async () => {
    const { code, output } = await runCommand('sh', ['-c', 'sleep 600 & echo $!; exit 4']);
    try {
      assert.equal(code, 4);
    } finally {
      process.kill(Number(output));
    }
  });

  test('is ended at its limit with what it started', async () => {
    const { code, output } = await runCommand('sh', ['-c', 'sleep 600 & echo $!; wait'], { limit: 500 });
    const [started, reason] = output.split('\n\n');
    assert.equal(code, 1);
    assert.match(reason ?? '', /^Ended: it was not done after 0.5 s/);
    await until('the end of what it started', () => !isAlive(Number(started)));
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
