// @vercel/fun, which is a library, behind the least of an HTTP server.
// Arguments: a port, and the folder of the code, whose handler is app.handler.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';

interface Fun {
  createFunction(options: unknown): Promise<{
    invoke(request: { InvocationType: string; Payload: string }): Promise<{ Payload: string }>;
  }>;
}

const [port, directory] = process.argv.slice(2);
const { createFunction } = createRequire(import.meta.url)('@vercel/fun') as Fun;
const invoked = await createFunction({
  Code: { Directory: directory },
  Handler: 'app.handler',
  // Of this Node.js; those with a version in their name are downloaded.
  Runtime: 'nodejs',
  MemorySize: 1024,
  Environment: { Variables: {} },
});
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', async () => {
    const Payload = Buffer.concat(chunks).toString();
    response.end((await invoked.invoke({ InvocationType: 'RequestResponse', Payload })).Payload);
  });
});
server.listen(Number(port), '127.0.0.1', () => console.log('ready'));
