import { describe, expect, it } from 'vitest';
import { mergeLatest } from './merge-latest.ts';

const flow = { variable: 'FLOW', value: 12, measuredAt: '2026-11-20T12:00:00.000Z' };
const level = { variable: 'LEVEL', value: 35, measuredAt: '2026-11-20T12:00:00.000Z' };

describe('the newest values of a point', () => {
  it('replaces a variable in place, so that the table does not reorder', () => {
    const newer = { ...flow, value: 13, measuredAt: '2026-11-20T12:05:00.000Z' };
    expect(mergeLatest([flow, level], newer)).toEqual([newer, level]);
  });
  it('adds a variable that was never seen', () => {
    expect(mergeLatest([flow], level)).toEqual([flow, level]);
  });
  it('is not turned back by a value that arrives late', () => {
    const older = { ...flow, value: 1, measuredAt: '2026-11-20T11:00:00.000Z' };
    expect(mergeLatest([flow, level], older)).toEqual([flow, level]);
  });
});
