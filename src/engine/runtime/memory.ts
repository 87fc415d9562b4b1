import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { ProcessGroups } from './processGroups.ts';

/** The memory of one process or of several together. */
export interface Memory {
  /** The most that was ever resident, in MB rounded up. */
  readonly peakMb: number;
  /** What counts against the limit now, in MB: without the pages of files, which the system can take back. */
  readonly heldMb: number;
}

/** The memory of one process, which is asked for after each invocation. */
export interface ProcessMemory {
  /** Undefined where the system does not tell, or the process is gone. */
  read(): Memory | undefined;
  close(): void;
}

export function openProcessMemory(pid: number): ProcessMemory {
  // Held open, because to open it takes longer than to read it.
  let file = process.platform === 'linux' ? open(`/proc/${pid}/status`) : undefined;
  const buffer = Buffer.allocUnsafe(4096);
  return {
    read() {
      if (file === undefined) return undefined;
      try {
        return parseMemory(buffer.toString('latin1', 0, readSync(file, buffer, 0, buffer.length, 0)));
      } catch {
        // The process is gone.
        return undefined;
      }
    },
    close() {
      if (file !== undefined) closeSync(file);
      file = undefined;
    },
  };
}

/** The memory of a process group, with members that have joined it within the last moments left out. */
export function memoryOfGroup(leader: number): Memory | undefined {
  const own = memoryOf(leader);
  if (own === undefined) return undefined;
  return groups
    .members(leader)
    .filter(pid => pid !== leader)
    .map(memoryOf)
    .filter(memory => memory !== undefined)
    .reduce((sum, { peakMb, heldMb }) => ({ peakMb: sum.peakMb + peakMb, heldMb: sum.heldMb + heldMb }), own);
}

/** Reads /proc/<pid>/status. */
export function parseMemory(status: string): Memory | undefined {
  const peakKb = kilobytes(status, '\nVmHWM:');
  if (peakKb === undefined) return undefined;
  const heldKb = (kilobytes(status, '\nRssAnon:') ?? 0) + (kilobytes(status, '\nRssShmem:') ?? 0);
  return { peakMb: Math.ceil(peakKb / 1024), heldMb: heldKb / 1024 };
}

/** Reads the group from /proc/<pid>/stat, whose second field, the name in parentheses, may hold anything. */
export function parseGroup(stat: string): number {
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
}

const groups = new ProcessGroups(
  () => readdirSync('/proc').map(Number).filter(Number.isInteger),
  pid => {
    const stat = read(`/proc/${pid}/stat`);
    return stat === undefined ? undefined : parseGroup(stat);
  },
  () => performance.now(),
);

function memoryOf(pid: number): Memory | undefined {
  if (process.platform !== 'linux') return undefined;
  const status = read(`/proc/${pid}/status`);
  return status === undefined ? undefined : parseMemory(status);
}

function kilobytes(status: string, field: string): number | undefined {
  const at = status.indexOf(field);
  return at === -1 ? undefined : Number.parseInt(status.slice(at + field.length, at + 40), 10);
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    // The process is gone.
    return undefined;
  }
}

function open(file: string): number | undefined {
  try {
    return openSync(file, 'r');
  } catch {
    // The process is gone already.
    return undefined;
  }
}
