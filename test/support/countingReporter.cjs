// Mocha's spec reporter, which also writes how many tests passed and failed to the file that
// LAMBDA_LENS_TEST_COUNTS names. CommonJS, because mocha loads it in the extension host as well.
const { writeFileSync } = require('node:fs');
const { reporters } = require('mocha');

class CountingReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once('end', () => {
      const file = process.env.LAMBDA_LENS_TEST_COUNTS;
      if (file)
        writeFileSync(file, JSON.stringify({ passed: this.stats.passes, failed: this.stats.failures }));
    });
  }
}

module.exports = CountingReporter;
