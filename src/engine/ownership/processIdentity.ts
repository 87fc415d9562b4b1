import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * When a process began, in a form that only serves to tell it from another process of the same pid. Undefined
 * when there is no such process, or only what is left of one that has ended.
 */
export function startTimeOf(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') return linuxStartTime(readFileSync(`/proc/${pid}/stat`, 'latin1'));
    if (process.platform === 'win32') {
      // Unverified: there is no cheap way to ask, so that here a pid stands for itself.
      process.kill(pid, 0);
      return 'running';
    }
    const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return line.startsWith('Z') ? undefined : line.replace(/^\S+\s+/, '');
  } catch {
    return undefined;
  }
}

/** Field 22 of proc_pid_stat(5); the second field is a name in brackets that may hold spaces and brackets. */
export function linuxStartTime(stat: string): string | undefined {
  const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return state === 'Z' || state === 'X' ? undefined : rest[18];
}
