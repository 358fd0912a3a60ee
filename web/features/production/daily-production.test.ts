import { describe, expect, it } from 'vitest';
import type { DailyProductionFragment } from '../../graphql/generated/graphql.ts';
import { alignProduction, grainFor } from './daily-production.ts';

const series = (groups: Record<string, Record<string, number | null>>): DailyProductionFragment => ({
  groups: Object.entries(groups).map(([key, points]) => ({
    key: key === 'none' ? null : key,
    points: Object.entries(points).map(([date, value]) => ({ date, value })),
  })),
  freshness: { changedAt: null },
});

describe('production by day', () => {
  it('counts orders that do not say among those without the additive, so that the bars add up', () => {
    const tons = series({ WITH: { '2026-11-01': 10 }, WITHOUT: { '2026-11-01': 4 }, none: { '2026-11-01': 1 } });
    expect(alignProduction(tons, undefined)).toMatchObject({ withAdiflow: [10], withoutAdiflow: [5], tons: [15] });
  });
  it('keeps days in order and leaves a gap where nothing was made', () => {
    const tons = series({ WITH: { '2026-11-02': null, '2026-11-01': 3 }, WITHOUT: { '2026-11-02': null } });
    const loss = series({ none: { '2026-11-01': 0.8 } });
    expect(alignProduction(tons, loss)).toEqual({
      days: ['2026-11-01', '2026-11-02'],
      withAdiflow: [3, null],
      withoutAdiflow: [null, null],
      tons: [3, null],
      sackoff: [0.8, null],
    });
  });
  it('is empty when no day has orders, though every day has a point', () => {
    expect(alignProduction(series({ WITH: { '2026-11-01': null, '2026-11-02': 0 } }), undefined).days).toEqual([]);
  });
  it('takes a grain that leaves the bars apart', () => {
    expect(grainFor({ from: '2026-11-01', to: '2026-11-20' })).toBe('DAY');
    expect(grainFor({ from: '2026-01-01', to: '2026-11-20' })).toBe('WEEK');
    expect(grainFor({ from: '2024-01-01', to: '2026-11-20' })).toBe('MONTH');
  });
});
