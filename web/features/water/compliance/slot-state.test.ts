import { describe, expect, it } from 'vitest';
import { tallyOf, toneOf } from './slot-state.ts';

describe('what days of slots come to', () => {
  it('counts what is owed, proven, under way and in need, and alarms nobody with what was dismissed', () => {
    const slot = (
      status: 'VERIFIED' | 'SENT' | 'UNKNOWN' | 'SKIPPED' | 'SCHEDULED' | 'SHADOWED',
      count: number,
      isDismissed = false,
    ) => ({
      ...{ status, count, isDismissed },
    });
    const days = [
      { counts: [slot('VERIFIED', 20), slot('SENT', 1), slot('UNKNOWN', 2), slot('SKIPPED', 1)] },
      { counts: [slot('SKIPPED', 3, true), slot('SCHEDULED', 4), slot('SHADOWED', 5)] },
    ];
    expect(tallyOf(days)).toEqual({ owed: 32, vouchers: 21, waiting: 2, inNeed: 1, dismissed: 3, shadowed: 5 });
    expect(toneOf({ status: 'SKIPPED', isDismissed: true })).toBe('neutral');
  });
});
