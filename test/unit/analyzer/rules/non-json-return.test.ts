import { nonJsonReturn } from '../../../../src/analyzer/rules/non-json-return.ts';
import { check } from './check.ts';

const reports = (name: string, text: string) => test(name, () => check(nonJsonReturn, text));

suite('non-json-return reports', () => {
  reports(
    'what JSON refuses, empties or leaves out, in parts of the result as well',
    `
// template: handler
export const handler = async event => {
  if (event.a) return new Map([['a', 1]]);
  //                  ^^^^^^^ makes {} of a Map
  if (event.b) return { ids: [new Set([1])], total: 10n };
  //                          ^ makes {} of a Set
  //                                                ^ JSON has no BigInt
  if (event.c) return event.d ? new Response('text') : BigInt(event.e);
  //                            ^ makes {} of a Response
  //                                                   ^ JSON has no BigInt
  return { next: () => 1 };
  //             ^ leaves out functions
};`,
  );
});

suite('non-json-return is silent about', () => {
  reports(
    'what JSON has, and what is turned into it',
    `
// template: handler
export const handler = async event => {
  if (event.a) return [...new Set([1])];
  if (event.b) return { date: new Date(), map: Object.fromEntries(new Map()), text: String(1n) };
  if (event.c) return { toJSON: () => 1 };
  return inner();
};
const inner = () => ({ total: Number(10n) });`,
  );

  reports(
    'classes of the same names, and what other functions return',
    `
// template: handler
import { Map } from './map';
export const handler = async () => [new Map(), other().size];
const other = () => new Set();
// @file map.ts
export class Map {}`,
  );

  reports(
    'what a package may do something with',
    `
import middy from '@middy/core';
export const handler = middy(async () => new Map());`,
  );
});

suite('non-json-return and names', () => {
  reports(
    'what a local name stands for is reported where it is returned',
    `
// template: handler
export const handler = async event => {
  const counts = new Map();
  for (const id of event.ids) counts.set(id, 1);
  if (event.all) return counts;
  //                    ^ makes {} of a Map
  const total = 10n;
  return { total, list: [...counts] };
  //       ^ JSON has no BigInt
};`,
  );
});
