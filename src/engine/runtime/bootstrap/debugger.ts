import inspector from 'node:inspector';

/**
 * Waits for a debugger on a loopback port that the system chooses: nothing of the function is loaded yet, so that
 * breakpoints are there for its initialisation too.
 *
 * @param tell passes the port on before the waiting begins, which stops this thread
 */
export async function waitForDebugger(tell: (port: number) => Promise<void>): Promise<void> {
  inspector.open(0, '127.0.0.1');
  await tell(Number(new URL(inspector.url() ?? '').port));
  inspector.waitForDebugger();
}
