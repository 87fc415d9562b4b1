// dist/aws.js: what the extension and the command line require at their first call to an engine. It holds the
// AWS SDK, which is too large to be loaded before it is needed.
import { connectEngine as connect } from './connectEngine.ts';
import type { ConnectOptions, EngineConnection } from './connection.ts';

/** See {@link connect}. */
export function connectEngine(options: ConnectOptions): Promise<EngineConnection> {
  return connect(options);
}
