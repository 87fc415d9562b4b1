import assert from 'node:assert/strict';
import {
  eventNameFault,
  savedEventsAmong,
  strayExpectationsAmong,
} from '../../../../src/events/saved/places.ts';

const files = ['b.json', 'a.json', 'a.expected.json', 'gone.expected.json', 'notes.md', '.hidden.json'];

suite('saved events', () => {
  test('are the JSON files, with what is expected of them', () =>
    assert.deepEqual(savedEventsAmong(files), [
      { name: 'a', file: 'a.json', expectationFile: 'a.expected.json' },
      { name: 'b', file: 'b.json' },
    ]));

  test('that are gone leave expectations behind', () =>
    assert.deepEqual(strayExpectationsAmong(files), ['gone.expected.json']));

  for (const name of ['quote', 'quote 2', 'größer', 'a.b-c_d']) {
    test(`may be called ${name}`, () => assert.equal(eventNameFault(name), undefined));
  }
  for (const name of ['', ' ', '../x', 'a/b', '.hidden', 'a.expected', 'a:b', '-']) {
    test(`may not be called '${name}'`, () => assert.ok(eventNameFault(name)));
  }
});
