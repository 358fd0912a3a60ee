import { expect, it } from 'vitest';
import type { ErpPart } from './erp-source.ts';
import { type RunPosition, stepsOf } from './plan-steps.ts';
import { readProgress } from './run-cursor.ts';

const clock = '2026-03-01 10:20:30.0000';
const since = '2026-03-01 08:50:30.000';
const part: ErpPart = {
  ...{ name: 'ARTICULOS', hasStamps: true, hasNumberKeys: true },
  totals: async () => ({ count: '0', sum: null, minKey: null, maxKey: null, keySum: null }),
  ...{ fingerprint: async () => null, count: async () => 0 },
  async *rows() {},
  async *keys() {},
};
const left = (progress: object): RunPosition => ({
  before: readProgress({ clock, isFull: true, ...progress }),
  ...{ bookmark: null, isFull: true, firstClock: clock, lagMinutes: 90 },
});
const choices = (fingerprint: string | null, position: RunPosition, of: ErpPart = part) =>
  stepsOf(of, fingerprint, position).map(({ choice }) => choice);

it('goes on behind the last key, and reads again what changed since the run began', () => {
  const position = left({ part: 'ARTICULOS', afterKey: '40', fingerprints: { ARTICULOS: 'codes' } });
  expect(choices('codes', position)).toEqual([{ afterKey: '40' }, { since }]);
});

it('begins a part anew when something changed meanwhile that no time of change speaks of', () => {
  const open = left({ part: 'ARTICULOS', afterKey: '40', fingerprints: { ARTICULOS: 'codes' } });
  const done = left({ done: ['ARTICULOS'], fingerprints: { ARTICULOS: 'codes' } });
  expect(choices('other codes', open)).toEqual([{}]);
  expect(choices('other codes', done)).toEqual([{}]);
  expect(choices('codes', done)).toEqual([{ since }]);
});

it('reads a part anew that says not when its rows change, however far it was', () => {
  const silent = { ...part, hasStamps: false };
  expect(choices('a', left({ part: 'ARTICULOS', afterKey: '40', fingerprints: { ARTICULOS: 'a' } }), silent)).toEqual([
    {},
  ]);
  expect(choices('a', left({ done: ['ARTICULOS'], fingerprints: { ARTICULOS: 'a' } }), silent)).toEqual([{}]);
});

it('reads nothing in an incremental run where nothing can have changed', () => {
  const position = { ...left({}), isFull: false, bookmark: { clock, fingerprints: { ARTICULOS: 'a' } } };
  expect(choices('a', position, { ...part, hasStamps: false })).toEqual([]);
  expect(choices('b', position, { ...part, hasStamps: false })).toEqual([{}]);
  expect(choices('a', position)).toEqual([{ since }]);
});
