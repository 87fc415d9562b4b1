// serverless-offline's HTTP API. Arguments: a port, and the folder of the code, whose handler is app.handler.
import { startOffline } from './startOffline.ts';

const [port, directory] = process.argv.slice(2);
const events = [{ httpApi: { method: 'GET', path: '/echo/{id}' } }];
await startOffline(directory, events, { httpPort: Number(port), lambdaPort: 0 });
