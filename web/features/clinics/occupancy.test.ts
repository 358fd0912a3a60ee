import { describe, expect, it } from 'vitest';
import { occupancyOf } from './occupancy.ts';

const zone = 'America/Santiago';
const slot = (startAt: string, status: string) => ({ startAt: `2026-11-20T${startAt}:00Z`, status });

describe('occupancy of an agenda', () => {
  it('counts by the hour of the clinic and leaves no hour out between the first and the last', () => {
    const slots = [
      slot('12:00', 'BUSY'),
      slot('12:20', 'FREE'),
      slot('14:20', 'FREE'),
      slot('14:40', 'BUSY_TENTATIVE'),
    ];
    expect(occupancyOf(slots, zone)).toEqual({
      hours: ['09', '10', '11'],
      booked: [1, 0, 0],
      held: [0, 0, 1],
      free: [1, 0, 1],
      takenPct: 50,
    });
  });
  it('does not count what is closed, neither as free nor as taken', () => {
    const slots = [slot('12:00', 'BUSY'), slot('20:00', 'BUSY_UNAVAILABLE'), slot('21:00', 'ENTERED_IN_ERROR')];
    expect(occupancyOf(slots, zone)).toMatchObject({ hours: ['09'], takenPct: 100 });
  });
  it('has no share without slots', () => {
    expect(occupancyOf([], zone)).toEqual({ hours: [], booked: [], held: [], free: [], takenPct: null });
  });
});
