import assert from 'node:assert/strict';
import { formatTestsJunit } from '../../../src/cli/testJunit.ts';
import { formatTestsPretty } from '../../../src/cli/testPretty.ts';
import type { TestOutcome, TestResult } from '../../../src/cli/testReport.ts';

const result = (functionName: string, name: string, outcome: TestOutcome, log = ''): TestResult => ({
  test: {
    functionName,
    name,
    eventFile: `.lambda-lens/events/${functionName}/${name}.json`,
    expectationFile: `.lambda-lens/events/${functionName}/${name}.expected.json`,
  },
  durationMs: 12.4,
  log,
  outcome,
});

const differences = [{ path: '$.statusCode', expected: '200', actual: '"<5\u000000>"' }];
const results = [
  result('orders', 'quote', { kind: 'passed' }, 'START\n'),
  result(
    'orders',
    'order "1" & 2',
    { kind: 'failed', message: 'It\nis <not>.', differences },
    'a\u001b[31m\r\n',
  ),
  result('stock', 'count', { kind: 'updated' }),
  result('stock', 'broken', { kind: 'broken', message: 'x.json is no JSON.' }),
];

suite('the reports of lambda-lens test', () => {
  test('pretty names what differs and shows the log of what failed', () =>
    assert.equal(
      formatTestsPretty(results).replaceAll('\u001b', 'ESC').replaceAll('\u0000', 'NUL').replaceAll('\r', ''),
      `orders
  ✔ quote (12 ms)
  ✖ order "1" & 2 (12 ms)
      It
      is <not>.
      $.statusCode: expected 200, got "<5NUL00>"
      aESC[31m

stock
  ✎ count (12 ms)
      .lambda-lens/events/stock/count.expected.json was updated.
  ✖ broken
      x.json is no JSON.

1 passed, 1 updated, 2 failed
`,
    ));

  test('junit is XML that parsers take, whatever names and logs hold', () =>
    assert.equal(
      formatTestsJunit(results),
      `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="lambda-lens" tests="4" failures="1" errors="1" time="0.050">
  <testsuite name="orders" tests="2" failures="1" errors="0" time="0.025">
    <testcase classname="orders" name="quote" file=".lambda-lens/events/orders/quote.json" time="0.012">
      <system-out>START
</system-out>
    </testcase>
    <testcase classname="orders" name="order &quot;1&quot; &amp; 2" file=".lambda-lens/events/orders/order &quot;1&quot; &amp; 2.json" time="0.012">
      <failure message="It&#10;is &lt;not&gt;.">It
is &lt;not&gt;.
$.statusCode: expected 200, got &quot;&lt;5\ufffd00&gt;&quot;</failure>
      <system-out>a\ufffd[31m&#13;
</system-out>
    </testcase>
  </testsuite>
  <testsuite name="stock" tests="2" failures="0" errors="1" time="0.025">
    <testcase classname="stock" name="count" file=".lambda-lens/events/stock/count.json" time="0.012"/>
    <testcase classname="stock" name="broken" file=".lambda-lens/events/stock/broken.json" time="0.012">
      <error message="x.json is no JSON."/>
    </testcase>
  </testsuite>
</testsuites>
`,
    ));

  test('half of a surrogate pair does not reach the XML', () =>
    assert.ok(formatTestsJunit([result('f', 'x\ud800', { kind: 'passed' })]).isWellFormed()));
});
