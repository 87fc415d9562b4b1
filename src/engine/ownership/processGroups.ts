import { spawnSync } from 'node:child_process';
import type { RecordedProcess } from '../store/processTable.ts';
import { startTimeOf } from './processIdentity.ts';

/** Ends every process of a group at once, stopped ones too; nothing happens where there is no such group. */
export function killGroup(leader: number): void {
  if (process.platform === 'win32') {
    // Unverified: Windows has no process groups, but ends a tree by its root.
    spawnSync('taskkill', ['/PID', String(leader), '/T', '/F'], { windowsHide: true, stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-leader, 'SIGKILL');
  } catch (error) {
    if (!isNoSuchProcess(error)) throw error;
  }
}

/** Ends what an engine left behind that could not end it itself. A pid that has since gone to another is spared. */
export function reap(processes: readonly RecordedProcess[]): void {
  // On Windows a pid cannot be told from a later one (see startTimeOf), so that nothing is ended on a guess.
  if (process.platform === 'win32') return;
  for (const { pid, startTime } of processes) {
    if (startTimeOf(pid) === startTime) killGroup(pid);
  }
}

function isNoSuchProcess(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ESRCH';
}
