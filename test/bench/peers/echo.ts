// The least that an answer over HTTP can take: what comes in goes out again.
import { createServer } from 'node:http';

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => response.end(Buffer.concat(chunks)));
});
server.listen(Number(process.argv[2]), '127.0.0.1', () => console.log('ready'));
