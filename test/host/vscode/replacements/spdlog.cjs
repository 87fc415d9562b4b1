// Takes the place of @vscode/spdlog in code-server, which is C++ that npm does not carry compiled: without
// it every output channel stays empty. The same interface; files do not rotate.
const { appendFileSync, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'critical', 'off'];

class Logger {
  #file;
  #level = 2;
  #raw = false;

  constructor(_type, _name, file) {
    this.#file = file;
    mkdirSync(dirname(file), { recursive: true });
  }

  getLevel() {
    return this.#level;
  }

  setLevel(level) {
    this.#level = level;
  }

  /** VS Code sets one pattern only: `%Y-%m-%d %H:%M:%S.%e [%l] %v`. */
  setPattern() {
    this.#raw = false;
  }

  clearFormatters() {
    this.#raw = true;
  }

  flush() {}

  drop() {}

  write(level, message) {
    if (levels.indexOf(level) < this.#level) return;
    const time = new Date().toISOString().replace('T', ' ').replace('Z', '');
    try {
      appendFileSync(
        this.#file,
        this.#raw ? message : `${time} [${level === 'warn' ? 'warning' : level}] ${message}\n`,
      );
    } catch {
      // The folder of the logs may be gone at the end of a session; nobody reads them any more.
    }
  }
}

for (const level of levels.slice(0, -1))
  Logger.prototype[level] = function log(message) {
    this.write(level, message);
  };

const create = async (name, file) => new Logger('rotating', name, file);

// One by one, so that `import()` finds the names.
exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
