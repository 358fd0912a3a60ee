import { describe, expect, it } from 'vitest';
import { shiftDay } from '../../ui/format/day-range.ts';
import { readQuota } from './quota.ts';

const today = '2026-11-20';
const daily = (volumeM3: number, count = 30) =>
  Array.from({ length: count }, (_, index) => ({ date: shiftDay(today, -index), volumeM3 }));

describe('the yearly water right', () => {
  it('says the day it will be used up at the present pace', () => {
    expect(readQuota({ volumeM3: 71_300, grantedYearlyM3: '100000', days: daily(1_500) }, today)).toEqual({
      usedPct: 71.3,
      exhaustedOn: '2026-12-09',
    });
  });
  it('names no day when the year ends first, or nothing is pumped', () => {
    expect(readQuota({ volumeM3: 10_000, grantedYearlyM3: '100000', days: daily(100) }, today)?.exhaustedOn).toBeNull();
    expect(readQuota({ volumeM3: 10_000, grantedYearlyM3: '100000', days: [] }, today)?.exhaustedOn).toBeNull();
  });
  it('is used up today when it is over-used', () => {
    expect(readQuota({ volumeM3: 120, grantedYearlyM3: '100', days: [] }, today)).toEqual({
      usedPct: 120,
      exhaustedOn: today,
    });
  });
  it('counts days without readings into the pace, so that one busy day does not alarm', () => {
    const days = [{ date: today, volumeM3: 3_000 }];
    expect(readQuota({ volumeM3: 50_000, grantedYearlyM3: '100000', days }, today)?.exhaustedOn).toBeNull();
  });
  it('is unknown where no right is known', () => {
    expect(readQuota({ volumeM3: 5, grantedYearlyM3: null, days: [] }, today)).toBeNull();
    expect(readQuota({ volumeM3: 5, grantedYearlyM3: '0', days: [] }, today)).toBeNull();
  });
});
