import { demoId } from '../demo-id.ts';
import { shiftsOn } from './agenda.ts';
import { demoPractitioners } from './places.ts';

const dayMs = 86_400_000;
/** A Monday, and days after it, none of them a holiday: what the week looks like. */
const monday = Date.UTC(2026, 2, 2);

/** The weekly pattern that each practitioner's slots follow: a row for each stretch of hours and the days that have it. */
export function demoSchedules(now: Date): Readonly<Record<string, unknown>>[] {
  const validFrom = new Date(now.getTime() - 365 * dayMs).toISOString().slice(0, 10);
  return demoPractitioners.flatMap((practitioner) => {
    const shifts = [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) => {
      const day = new Date(monday + (weekday - 1) * dayMs).toISOString().slice(0, 10);
      return shiftsOn(practitioner, day, weekday).map(([start, end]) => ({ weekday, start, end }));
    });
    return [...Map.groupBy(shifts, ({ start, end }) => `${start}-${end}`)].map(([hours, days]) => ({
      id: demoId('schedule', `${practitioner.id}:${hours}`),
      clinic_id: practitioner.clinic.id,
      practitioner_id: practitioner.id,
      specialty_id: practitioner.specialty.id,
      weekdays: days.map(({ weekday }) => weekday),
      start_minute: days[0]?.start,
      end_minute: days[0]?.end,
      slot_minutes: practitioner.slotMinutes,
      valid_from: validFrom,
      is_active: true,
      created_at: now,
      updated_at: now,
    }));
  });
}
