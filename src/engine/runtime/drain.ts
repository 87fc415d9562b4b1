/** More than any pipe holds: what comes after this many bytes was written later, by something that goes on. */
const mostPendingBytes = 4 * 1024 * 1024;

/**
 * Calls back when everything has arrived that had been written before now into pipes which are read as data
 * comes in. What a process wrote before it sent an HTTP request lies in the kernel by the time the request is
 * read, so one turn of the event loop that brings nothing proves the pipes empty.
 *
 * @param arrived how many bytes have arrived so far
 */
export function whenDrained(arrived: () => number, callback: () => void): void {
  const enough = arrived() + mostPendingBytes;
  let seen = arrived();
  let quietTurns = 0;
  const look = () => {
    const now = arrived();
    quietTurns = now === seen ? quietTurns + 1 : 0;
    seen = now;
    // The first turn may have been half over when this began.
    if (quietTurns === 2 || now >= enough) callback();
    else setImmediate(look);
  };
  setImmediate(look);
}
