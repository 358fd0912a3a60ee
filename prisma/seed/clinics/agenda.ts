import { demoId } from '../demo-id.ts';
import { zoneClock } from '../production/calendar.ts';
import { type DemoPractitioner, demoPractitioners } from './places.ts';

export interface DemoSlot {
  readonly id: string;
  readonly practitioner: DemoPractitioner;
  readonly startAt: Date;
  readonly endAt: Date;
  /** The calendar day at the clinic. */
  readonly day: string;
  /** Closed, because the practitioner is away that day. */
  readonly isClosed: boolean;
}

/** A stretch of work in minutes from midnight; lunch lies between two of them. */
export type Shift = readonly [start: number, end: number];

const workingDay: readonly Shift[] = [
  [8 * 60 + 30, 13 * 60],
  [14 * 60, 17 * 60 + 30],
];
const saturday: readonly Shift[] = [[9 * 60, 13 * 60 + 20]];
const duty: readonly Shift[] = [
  [10 * 60, 14 * 60],
  [15 * 60, 20 * 60],
];

/** Public holidays on fixed dates, as month and day. */
const holidays = new Set([
  ...['01-01', '05-01', '05-21', '06-29', '07-16', '08-15', '09-18'],
  ...['09-19', '10-12', '10-31', '11-01', '12-08', '12-25'],
]);

const dayMs = 86_400_000;
const daysEachWay = 30;

/** Hours of a practitioner on a day: `2026-11-20`, an ISO weekday. Empty when they do not work. */
export function shiftsOn({ weekdays, isOnDuty }: DemoPractitioner, day: string, weekday: number): readonly Shift[] {
  if (weekday === 7 || holidays.has(day.slice(5))) return isOnDuty ? duty : [];
  if (!weekdays.includes(weekday)) return [];
  return weekday === 6 ? saturday : workingDay;
}

/** Two months of slots around `now`, by practitioner and time. */
export function demoSlots(now: Date): DemoSlot[] {
  const clock = zoneClock('America/Santiago');
  const today = startOfDay(clock.wallClockAt(now));
  return demoPractitioners.flatMap((practitioner, index) => {
    const slots: DemoSlot[] = [];
    for (let ahead = -daysEachWay; ahead <= daysEachWay; ahead += 1) {
      const midnight = new Date(today.getTime() + ahead * dayMs);
      const day = midnight.toISOString().slice(0, 10);
      // Clocks change at night, so a working day has one offset; asking once a day keeps it quick.
      const noon = new Date(midnight.getTime() + dayMs / 2);
      const offsetMs = clock.instantOf(noon).getTime() - noon.getTime();
      const isClosed = ahead > 0 && ahead === 5 + (index % 4) * 6 && index % 3 === 0;
      for (const [from, to] of shiftsOn(practitioner, day, midnight.getUTCDay() || 7)) {
        for (let minute = from; minute + practitioner.slotMinutes <= to; minute += practitioner.slotMinutes) {
          const startAt = new Date(midnight.getTime() + minute * 60_000 + offsetMs);
          slots.push({
            id: demoId('slot', `${practitioner.id}:${slots.length}`),
            practitioner,
            startAt,
            endAt: new Date(startAt.getTime() + practitioner.slotMinutes * 60_000),
            day,
            isClosed,
          });
        }
      }
    }
    return slots;
  });
}

function startOfDay(wallClock: Date): Date {
  return new Date(Date.UTC(wallClock.getUTCFullYear(), wallClock.getUTCMonth(), wallClock.getUTCDate()));
}
