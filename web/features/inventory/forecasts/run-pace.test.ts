import { describe, expect, it } from 'vitest';
import { isOpen, paceOf } from './run-pace.ts';

const startedAt = '2026-05-16T06:00:00.000Z';
const after = (seconds: number) => Date.parse(startedAt) + seconds * 1_000;
const run = { status: 'RUNNING', places: 400, done: 100, startedAt } as const;

describe('the pace of a run', () => {
  it('is what is done a second, and what is left takes as long', () => {
    expect(paceOf(run, after(10))).toEqual({ share: 0.25, perSecond: 10, leftMs: 30_000 });
  });

  it('is not told before there is anything to go by', () => {
    expect(paceOf({ ...run, done: 3 }, after(60))).toEqual({ share: 3 / 400, perSecond: null, leftMs: null });
    expect(paceOf(run, after(1))).toMatchObject({ share: 0.25, perSecond: null });
    expect(paceOf({ ...run, startedAt: null, done: 0 }, after(60))).toMatchObject({ perSecond: null });
    expect(paceOf({ ...run, places: null }, after(60))).toEqual({ share: null, perSecond: null, leftMs: null });
  });

  it('is whole where there was nothing to do, and never more than whole', () => {
    expect(paceOf({ ...run, places: 0, done: 0 }, after(5))).toMatchObject({ share: 1 });
    expect(paceOf({ ...run, done: 420 }, after(10))).toMatchObject({ share: 1, leftMs: 0 });
  });

  it('belongs to a run that waits or works', () => {
    expect((['PENDING', 'RUNNING', 'COMPLETED', 'FAILED'] as const).map((status) => isOpen({ status }))).toEqual([
      ...[true, true, false, false],
    ]);
  });
});
