/** More than any pipe holds: what comes after this many bytes was written later, by something that goes on. */
const mostPendingBytes = 4 * 1024 * 1024;

/** The first turn may be half over when this begins. */
const quietEnough = process.platform === 'linux' ? 1 : 2;

/**
 * Calls back when everything has arrived that had been written before now into pipes which are read as data
 * comes in. What a process wrote before it sent an HTTP request lies in the kernel by the time the request is
 * read. Linux reports it together with the request, so that the rest of this turn of the event loop brings it;
 * elsewhere a whole turn that brings nothing proves the pipes empty.
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
    if (quietTurns === quietEnough || now >= enough) callback();
    else setImmediate(look);
  };
  setImmediate(look);
}
