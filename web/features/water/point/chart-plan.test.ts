import { describe, expect, it } from 'vitest';
import { chartPlan, longestSilenceMs } from './chart-plan.ts';

const days = (count: number) => ({ fromMs: 0, toMs: count * 86_400_000 });

describe('what a chart asks for', () => {
  it('is everything for a line, for the graph to gather', () => {
    expect(chartPlan('FLOW', days(365)).grain).toBe('RAW');
  });
  it.each([
    [1_000, 'MONTH'],
    [365, 'DAY'],
    [7, 'HOUR'],
    [1, 'RAW'],
  ])('is amounts of %i days by %s', (count, grain) => {
    expect(chartPlan('TOTAL', days(count)).grain).toBe(grain);
  });
  it('takes two missing readings for a silence, and buckets by their own length', () => {
    expect(longestSilenceMs({ grain: 'RAW', joined: 1 }, 5)).toBe(12.5 * 60_000);
    expect(longestSilenceMs({ grain: 'HOUR', joined: 9 }, 5)).toBe(22.5 * 3_600_000);
  });
});
