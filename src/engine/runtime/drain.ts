/**
 * Calls back when everything has arrived that had been written before now into pipes which are read as data
 * comes in. What a process wrote before it sent an HTTP request lies in the kernel by the time the request is
 * read, so one turn of the event loop that brings nothing proves the pipes empty.
 *
 * @param progress a number that changes whenever something arrives
 */
export function whenDrained(progress: () => number, callback: () => void): void {
  let seen = progress();
  let quietTurns = 0;
  const look = () => {
    const now = progress();
    quietTurns = now === seen ? quietTurns + 1 : 0;
    seen = now;
    // The first turn may have been half over when this began.
    if (quietTurns === 2) callback();
    else setImmediate(look);
  };
  setImmediate(look);
}
