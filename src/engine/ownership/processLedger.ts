import type { ProcessLedger } from '../ports.ts';
import type { ProcessTable } from '../store/processTable.ts';
import { startTimeOf } from './processIdentity.ts';
import type { Watchdog } from './watchdogClient.ts';

/**
 * Records process groups in both places that outlive the engine: the watchdog, which acts at once, and the
 * database, for the next start, should the watchdog have been ended as well.
 */
export function createProcessLedger(
  table: Pick<ProcessTable, 'add' | 'remove'>,
  watchdog: Pick<Watchdog, 'send'>,
): ProcessLedger {
  return {
    add(pid) {
      watchdog.send({ kind: 'add', group: pid });
      const startTime = startTimeOf(pid);
      if (startTime !== undefined) table.add({ pid, startTime });
    },
    remove(pid) {
      watchdog.send({ kind: 'remove', group: pid });
      table.remove(pid);
    },
  };
}
