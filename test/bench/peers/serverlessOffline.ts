// serverless-offline's Lambda endpoint. Arguments: a port, and the folder of the code, whose handler is app.handler.
import { startOffline } from './startOffline.ts';

const [port, directory] = process.argv.slice(2);
await startOffline(directory, [], { lambdaPort: Number(port) });
