import { readdirSync, readFileSync } from 'node:fs';

/** The memory of one process or of several together. */
export interface Memory {
  /** The most that was ever resident, in MB rounded up. */
  readonly peakMb: number;
  /** What counts against the limit now, in MB: without the pages of files, which the system can take back. */
  readonly heldMb: number;
}

/** Undefined where the system does not tell, or the process is gone. */
export function memoryOf(pid: number): Memory | undefined {
  if (process.platform !== 'linux') return undefined;
  const status = read(`/proc/${pid}/status`);
  return status === undefined ? undefined : parseMemory(status);
}

/**
 * The memory of a process group. Processes older than its leader are not looked at: members come after it, as
 * long as the process ids of the machine do not begin anew.
 */
export function memoryOfGroup(leader: number): Memory | undefined {
  const own = memoryOf(leader);
  if (own === undefined) return undefined;
  return readdirSync('/proc')
    .map(Number)
    .filter(pid => pid > leader && groupOf(pid) === leader)
    .map(memoryOf)
    .filter(memory => memory !== undefined)
    .reduce((sum, { peakMb, heldMb }) => ({ peakMb: sum.peakMb + peakMb, heldMb: sum.heldMb + heldMb }), own);
}

/** Reads /proc/<pid>/status. */
export function parseMemory(status: string): Memory | undefined {
  const peakMb = megabytes(status, 'VmHWM');
  if (peakMb === undefined) return undefined;
  const held = (megabytes(status, 'RssAnon') ?? 0) + (megabytes(status, 'RssShmem') ?? 0);
  return { peakMb: Math.ceil(peakMb), heldMb: held };
}

/** Reads the group from /proc/<pid>/stat, whose second field, the name in parentheses, may hold anything. */
export function parseGroup(stat: string): number {
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
}

function groupOf(pid: number): number | undefined {
  const stat = read(`/proc/${pid}/stat`);
  return stat === undefined ? undefined : parseGroup(stat);
}

function megabytes(status: string, field: string): number | undefined {
  const match = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status);
  return match === null ? undefined : Number(match[1]) / 1024;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    // The process is gone.
    return undefined;
  }
}
