// A debugger as small as one can be, for what Node.js offers to debuggers.
import { request } from 'node:http';

export interface InspectorClient {
  send(method: string, parameters?: Readonly<Record<string, unknown>>): void;
  /** The next message of that name. */
  next(method: string): Promise<Readonly<Record<string, unknown>>>;
  /** Settled when the connection is gone. */
  close(): Promise<void>;
}

/** Attaches to what listens on that port, as editors do: asks for its address first. */
async function attachInspector(port: number): Promise<InspectorClient> {
  const [target] = JSON.parse(await get(port, '/json/list')) as [{ webSocketDebuggerUrl: string }];
  const socket = new WebSocket(target.webSocketDebuggerUrl);
  const waiting: { method: string; resolve: (parameters: Readonly<Record<string, unknown>>) => void }[] = [];
  let lastId = 0;
  socket.addEventListener('message', ({ data }) => {
    const { method, params = {} } = JSON.parse(String(data)) as {
      method?: string;
      params?: Readonly<Record<string, unknown>>;
    };
    const index = waiting.findIndex(each => each.method === method);
    if (index >= 0) waiting.splice(index, 1)[0]?.resolve(params);
  });
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve());
    socket.addEventListener('error', () => reject(new Error(`Nobody answers on port ${port}`)));
  });
  return {
    send: (method, params = {}) => socket.send(JSON.stringify({ id: ++lastId, method, params })),
    next: method => new Promise(resolve => waiting.push({ method, resolve })),
    close: () =>
      new Promise(resolve => {
        socket.addEventListener('close', () => resolve());
        socket.close();
      }),
  };
}

/** Attaches and lets the process go on. */
export async function attachAndGo(port: number): Promise<InspectorClient> {
  const client = await attachInspector(port);
  for (const method of ['Runtime.enable', 'Debugger.enable', 'Runtime.runIfWaitingForDebugger'])
    client.send(method);
  return client;
}

function get(port: number, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    request({ port, path, host: '127.0.0.1', agent: false }, response => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', chunk => {
        body += chunk;
      });
      response.on('end', () => resolve(body));
    })
      .on('error', reject)
      .end();
  });
}
