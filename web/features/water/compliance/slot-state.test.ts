import { describe, expect, it } from 'vitest';
import { canBeSent, decisionsFor, tallyOf, toneOf } from './slot-state.ts';

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

describe('sending a slot by hand', () => {
  const now = Date.parse('2026-11-20T12:00:00Z');
  const registration = { mode: 'LIVE' as const, stoppedAt: null };
  const slot = { status: 'SKIPPED' as const, slotAt: '2026-11-20T11:00:00Z', attemptCount: 0, registration };

  it('is offered for what was never sent, once its time has come, while its point is reported', () => {
    expect(canBeSent(slot, now)).toBe(true);
    expect(canBeSent({ ...slot, attemptCount: 1 }, now)).toBe(false);
    expect(canBeSent({ ...slot, slotAt: '2026-11-20T13:00:00Z' }, now)).toBe(false);
    expect(canBeSent({ ...slot, status: 'UNKNOWN' }, now)).toBe(false);
    expect(canBeSent({ ...slot, registration: { ...registration, mode: 'SHADOW' } }, now)).toBe(false);
    expect(canBeSent({ ...slot, registration: { ...registration, stoppedAt: slot.slotAt } }, now)).toBe(false);
    expect(canBeSent({ ...slot, registration: null }, now)).toBe(false);
  });
});

describe('deciding about a slot', () => {
  const live = { mode: 'LIVE' as const, stoppedAt: null };
  const slot = { status: 'DUE' as const, resolution: null, registration: live, attempts: [] };

  it('is offered for one that waits only while nothing is sent for its point', () => {
    expect(decisionsFor(slot)).toEqual([]);
    expect(decisionsFor({ ...slot, registration: { ...live, mode: 'SHADOW' } })).toEqual(['DISMISSED', 'ACCEPTED']);
    expect(decisionsFor({ ...slot, status: 'RETRY_NEXT_DAY', registration: null })).toEqual(['DISMISSED', 'ACCEPTED']);
  });

  it('lets nobody send again what the regulator may have, or what is dismissed', () => {
    const review = { ...slot, status: 'NEEDS_REVIEW' as const };
    expect(decisionsFor(review)[0]).toBe('SEND_AGAIN');
    expect(decisionsFor({ ...review, attempts: [{ outcome: 'DUPLICATE_WITHOUT_VOUCHER' }] })).toEqual([
      ...['ACCEPTED', 'DISMISSED'],
    ]);
    expect(decisionsFor({ ...slot, status: 'SKIPPED', resolution: 'DISMISSED: no' })).toEqual([]);
  });

  it('takes back a voucher that a person typed, not one that a call brought', () => {
    const typed = { ...slot, status: 'SENT' as const, resolution: 'ACCEPTED: por teléfono' };
    expect(decisionsFor(typed)).toEqual(['TAKEN_BACK']);
    expect(decisionsFor({ ...typed, attempts: [{ outcome: 'ACCEPTED' }] })).toEqual([]);
    expect(decisionsFor({ ...typed, resolution: null })).toEqual([]);
  });
});
