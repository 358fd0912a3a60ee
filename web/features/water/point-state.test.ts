import { describe, expect, it } from 'vitest';
import { pointState } from './point-state.ts';

const now = Date.parse('2026-11-20T12:00:00Z');
const measured = (minutesAgo: number) => [{ measuredAt: new Date(now - minutesAgo * 60_000).toISOString() }];
const stateOf = (status: string, samplingMinutes: number, minutesAgo: number) =>
  pointState({ status, samplingMinutes, latest: measured(minutesAgo) }, now).name;

describe('the state of a catchment point', () => {
  it('is silent after three missed samples, not after one', () => {
    expect(stateOf('ACTIVE', 5, 6)).toBe('upToDate');
    expect(stateOf('ACTIVE', 5, 16)).toBe('silent');
    expect(stateOf('ACTIVE', 60, 120)).toBe('upToDate');
  });
  it('allows a point that samples each minute ten minutes before it worries anybody', () => {
    expect(stateOf('ACTIVE', 1, 9)).toBe('upToDate');
    expect(stateOf('ACTIVE', 1, 11)).toBe('silent');
  });
  it('says how long it has been silent', () => {
    expect(pointState({ status: 'ACTIVE', samplingMinutes: 5, latest: measured(26) }, now).silentMs).toBe(26 * 60_000);
  });
  it('does not call a point under maintenance silent', () => {
    expect(stateOf('MAINTENANCE', 5, 600)).toBe('maintenance');
  });
  it('tells a point that never sent anything from one that stopped', () => {
    expect(pointState({ status: 'ACTIVE', samplingMinutes: 5, latest: [] }, now).name).toBe('never');
  });
});
