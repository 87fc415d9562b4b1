// Runs the handler of an example with packages that say what they were asked.
import { ts } from 'ts-morph';

/**
 * What the handler answers to each event in one environment, as Lambda would send it: a result, or an error. A
 * handler with a callback is run as Node.js 22 runs it.
 */
export async function runHandler(text: string, events: readonly unknown[]): Promise<readonly unknown[]> {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ESNext,
      esModuleInterop: true,
    },
  });
  const exports: { handler?: (...args: unknown[]) => unknown } = {};
  const load = new Function('exports', 'require', 'process', 'fetch', 'console', outputText);
  load(exports, (specifier: string) => fakeModule(specifier), fakeProcess, fakeFetch, { log() {} });
  const answers: unknown[] = [];
  for (const event of events) answers.push(await invoke(exports.handler, event));
  return answers;
}

const fakeProcess = { env: { HERE: 'here', BUCKET_NAME: 'prints', BUCKET: 'b' }, on() {} };

function fakeFetch(address: unknown): Promise<unknown> {
  const status = String(address).length;
  return Promise.resolve({ status, ok: true, json: () => Promise.resolve({ status }) });
}

async function invoke(
  handler: ((...args: unknown[]) => unknown) | undefined,
  event: unknown,
): Promise<unknown> {
  try {
    const result = await new Promise((resolve, reject) => {
      const end = (error: unknown, value: unknown) => (error ? reject(error) : resolve(value));
      const context = {
        functionName: 'example',
        succeed: resolve,
        fail: reject,
        done: end,
      };
      const returned = handler?.(event, context, end);
      if (returned instanceof Promise) returned.then(resolve, reject);
    });
    return { result: JSON.parse(JSON.stringify(result ?? null)) };
  } catch (error) {
    return { error: String(error) };
  }
}

/** Any name of it is a class or a function that answers with its own name and arguments. */
function fakeModule(specifier: string): unknown {
  const [, part] = /^lodash\/(\w+)/.exec(specifier) ?? [];
  if (part !== undefined) return fakeFunction(`lodash.${part}`);
  const whole = fakeObject(specifier);
  return new Proxy(
    {},
    {
      get(_, name) {
        if (name === '__esModule') return true;
        if (name === 'default') return whole;
        return fakeFunction(`${specifier}.${String(name)}`);
      },
    },
  );
}

function fakeObject(name: string): unknown {
  return new Proxy({}, { get: (_, key) => fakeFunction(`${name}.${String(key)}`) });
}

function fakeFunction(name: string): unknown {
  return new Proxy(function fake() {}, {
    // As the default export of a module of its own.
    get: (target, key, itself) =>
      key === 'default' ? itself : key === '__esModule' ? true : Reflect.get(target, key),
    apply: (_, _this, args) => (isRemote(name) ? Promise.resolve(made(name, args)) : made(name, args)),
    construct: (_, args) => made(name, args),
  });
}

function isRemote(name: string): boolean {
  return /createConnection$/.test(name);
}

/** A thing whose methods answer with what they were asked, and that is what it was made of in JSON. */
function made(name: string, args: readonly unknown[]): object {
  const described = { [name]: args };
  return new Proxy(described, {
    get(target, key) {
      if (key === 'toJSON') return () => described;
      if (key === 'then' || typeof key === 'symbol' || key in target) return Reflect.get(target, key);
      if (/^[A-Z]/.test(key)) return `${name}.${key}`;
      return (...given: unknown[]) => Promise.resolve(made(`${name}.${key}`, given));
    },
  });
}
