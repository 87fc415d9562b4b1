import { readFileSync } from 'node:fs';

/** The most memory that a process has held so far, in MB rounded up; undefined where the system does not tell. */
export function peakMemoryMb(pid: number): number | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    return parsePeakMemory(readFileSync(`/proc/${pid}/status`, 'latin1'));
  } catch {
    // The process is gone.
    return undefined;
  }
}

/** Reads `VmHWM`, the high water mark of the resident set, from /proc/<pid>/status. */
export function parsePeakMemory(status: string): number | undefined {
  const match = /^VmHWM:\s+(\d+) kB$/m.exec(status);
  return match === null ? undefined : Math.ceil(Number(match[1]) / 1024);
}
