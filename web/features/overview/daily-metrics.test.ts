import { describe, expect, it } from 'vitest';
import { metricByDay, metricDays, metricTotal } from './daily-metrics.ts';

const values = [
  { date: '2026-11-02', metric: 'orders', value: '5' },
  { date: '2026-11-01', metric: 'orders', value: '7' },
  { date: '2026-11-01', metric: 'revenue', value: '100.50' },
  { date: '2026-11-03', metric: 'orders', value: null },
];

describe('daily metrics', () => {
  it('are told apart by name and put in the order of the days', () => {
    expect(metricByDay(values, 'orders', metricDays(values))).toEqual([7, 5]);
  });
  it('leave a gap for a day without a value', () => {
    expect(metricByDay(values, 'revenue', metricDays(values))).toEqual([100.5, null]);
  });
  it('do not count days on which nothing is known', () => {
    expect(metricDays(values)).toEqual(['2026-11-01', '2026-11-02']);
  });
  it('have no sum when no day has a value: nothing is not zero', () => {
    expect(metricTotal(values, 'orders')).toBe(12);
    expect(metricTotal(values, 'visits')).toBeNull();
  });
});
