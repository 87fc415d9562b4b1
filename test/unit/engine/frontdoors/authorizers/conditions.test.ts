import assert from 'node:assert/strict';
import { conditionsHold } from '../../../../../src/engine/frontdoors/authorizers/conditions.ts';

const context = {
  sourceIp: '127.0.0.1',
  userAgent: 'curl/8.5',
  referer: undefined,
  now: Date.parse('2026-11-23T10:00:00Z'),
};

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
suite("the conditions of an authorizer's policy", () => {
  const cases: readonly (readonly [unknown, boolean | undefined])[] = [
    [undefined, true],
    [{}, true],
    [{ IpAddress: { 'aws:SourceIp': '127.0.0.0/8' } }, true],
    [{ IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '127.0.0.1'] } }, true],
    [{ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }, false],
    [{ IpAddress: { 'aws:SourceIp': '::1/128' } }, false],
    [{ IpAddress: { 'aws:SourceIp': '127.0.0.0/99' } }, false],
    [{ IpAddress: { 'aws:SourceIp': 'nonsense' } }, false],
    [{ NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }, true],
    [{ StringEquals: { 'AWS:UserAgent': 'curl/8.5' } }, true],
    [{ StringNotEquals: { 'aws:UserAgent': ['a', 'curl/8.5'] } }, false],
    [{ StringEqualsIgnoreCase: { 'aws:UserAgent': 'CURL/8.5' } }, true],
    [{ StringLike: { 'aws:UserAgent': 'curl/?.*' } }, true],
    [{ StringNotLike: { 'aws:UserAgent': 'Mozilla*' } }, true],
    [{ StringEquals: { 'aws:Referer': 'x' } }, false],
    [{ StringEqualsIfExists: { 'aws:Referer': 'x' } }, true],
    [{ StringNotEquals: { 'aws:Referer': 'x' } }, true],
    [{ Null: { 'aws:Referer': 'true' } }, true],
    [{ Null: { 'aws:UserAgent': true } }, false],
    [{ DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } }, true],
    [{ DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } }, false],
    [{ DateLessThanEquals: { 'aws:EpochTime': '1795428000' } }, true],
    [{ NumericGreaterThanEquals: { 'aws:EpochTime': 1795428000 } }, true],
    [{ NumericNotEquals: { 'aws:EpochTime': 1 } }, true],
    [{ Bool: { 'aws:SecureTransport': true } }, true],
    [{ StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }, undefined],
    [{ StringShout: { 'aws:UserAgent': 'x' } }, undefined],
    ['nonsense', undefined],
    [{ IpAddress: 'nonsense' }, undefined],
    // What does not hold decides, whatever else is asked.
    [{ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' }, StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }, false],
    [{ IpAddress: { 'aws:SourceIp': '127.0.0.1' }, StringEquals: { 'aws:UserAgent': 'x' } }, false],
  ];
  for (const [condition, expected] of cases) {
    test(`${JSON.stringify(condition)}: ${expected ?? 'unknown'}`, () =>
      assert.equal(conditionsHold(condition, context), expected));
  }
});
