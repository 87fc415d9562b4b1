// Takes the place of @vscode/native-watchdog in code-server, which is C++ that npm does not carry compiled. It
// ends an extension host whose parent is gone even while its event loop is blocked; VS Code's own check,
// once a second, does the same while the event loop runs.
module.exports = {
  start() {},
  exit: code => process.exit(code),
};
