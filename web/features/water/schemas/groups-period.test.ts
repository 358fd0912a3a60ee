import { describe, expect, it } from 'vitest';
import { withinReach } from './groups-period.ts';

describe('withinReach', () => {
  it('keeps a period that can be had at once, and the end of one that cannot', () => {
    expect(withinReach({ from: '2026-11-01', to: '2026-11-20' }, 'MINUTES_5')).toEqual({
      ...{ from: '2026-11-01', to: '2026-11-20' },
    });
    expect(withinReach({ from: '2026-01-01', to: '2026-11-20' }, 'MINUTES_5')).toEqual({
      ...{ from: '2026-08-20', to: '2026-11-20' },
    });
    expect(withinReach({ from: '2026-01-01', to: '2026-11-20' }, 'DAY').from).toBe('2026-01-01');
  });
});
