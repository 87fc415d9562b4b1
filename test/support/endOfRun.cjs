// Loaded by mocha on the command line: a run ends, whatever a test leaves behind, and what it left is a failure.
const { readFileSync, writeFileSync } = require('node:fs');

/** For sockets and children that are on their way out. */
const graceMs = 20_000;

/** The test that runs. */
let current = 'no test yet';

exports.mochaHooks = {
  beforeEach() {
    current = this.currentTest?.fullTitle() ?? current;
  },
  afterAll() {
    setTimeout(() => {
      const left = process.getActiveResourcesInfo();
      process.stdout.write(`\nThe tests have ended, but something still runs: ${left.join(', ')}.\n`);
      endFailed();
    }, graceMs).unref();
  },
};

process.once('SIGTERM', () => {
  process.stdout.write(`\nEnded from outside during "${current}".\n`);
  endFailed();
});

function endFailed() {
  const file = process.env.LAMBDA_LENS_TEST_COUNTS;
  if (file) {
    const { passed, failed } = countsIn(file);
    writeFileSync(file, JSON.stringify({ passed, failed: failed + 1 }));
  }
  process.exit(1);
}

/** None yet where mocha has not come to its end. */
function countsIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { passed: 0, failed: 0 };
  }
}
