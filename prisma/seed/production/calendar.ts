import type { Random } from '../random.ts';
import type { DemoPlant } from './plants.ts';

const dayMs = 86_400_000;
const months = 24;

/** The clock on a wall of a time zone; its time travels in the UTC fields of a `Date`. */
export interface ZoneClock {
  wallClockAt(instant: Date): Date;
  /** The instant at which it showed this time: the first one, where it showed it twice. */
  instantOf(wallClock: Date): Date;
}

export function zoneClock(timeZone: string): ZoneClock {
  // Dear to make, cheap to use.
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
    hourCycle: 'h23',
  });
  const wallClockAt = (instant: Date) => new Date(`${format.format(instant).replace(', ', 'T')}Z`);
  return {
    wallClockAt,
    instantOf(wallClock) {
      const offsetMs = wallClockAt(wallClock).getTime() - wallClock.getTime();
      const guess = new Date(wallClock.getTime() - offsetMs);
      return new Date(guess.getTime() + wallClock.getTime() - wallClockAt(guess).getTime());
    },
  };
}

/**
 * When a plant started each of its orders, oldest first, on its own clock: fewer on Saturdays, almost none on Sundays,
 * more in its season and from year to year, a week of maintenance in January, and some until this very minute.
 * @param end what the plant's clock shows now
 */
export function orderTimes(plant: DemoPlant, end: Date, random: Random): Date[] {
  const lastDay = startOfDay(end);
  const firstDay = new Date(lastDay);
  firstDay.setUTCMonth(firstDay.getUTCMonth() - months);
  const days = Math.round((lastDay.getTime() - firstDay.getTime()) / dayMs) + 1;
  const weights = Array.from({ length: days }, (_, index) =>
    weightOf(new Date(firstDay.getTime() + index * dayMs), index / days, plant, random),
  );
  const ordersToday = 5;
  const share = (plant.orders - ordersToday) / weights.slice(0, -1).reduce((sum, weight) => sum + weight, 0);

  const times: Date[] = [];
  let due = 0;
  for (let index = 0; index < days - 1; index += 1) {
    due += (weights[index] ?? 0) * share;
    while (times.length < Math.round(due)) {
      const minute = random.int(0, 1439);
      times.push(new Date(firstDay.getTime() + index * dayMs + minute * 60_000));
    }
  }
  for (let order = times.length; order < plant.orders; order += 1) {
    times.push(new Date(lastDay.getTime() + Math.floor(random.next() * (end.getTime() - lastDay.getTime()))));
  }
  for (const time of times) time.setUTCSeconds(0, 0);
  return times.sort((left, right) => left.getTime() - right.getTime());
}

function weightOf(day: Date, progress: number, { peakMonth }: DemoPlant, random: Random): number {
  const isMaintenance = day.getUTCMonth() === 0 && day.getUTCDate() >= 8 && day.getUTCDate() <= 14;
  if (isMaintenance) return 0;
  const weekday = [0.05, 1.05, 1.1, 1.1, 1.05, 1, 0.5][day.getUTCDay()] ?? 1;
  const season = 1 + 0.22 * Math.cos(((day.getUTCMonth() + 1 - peakMonth) / 12) * 2 * Math.PI);
  return weekday * season * (0.9 + 0.25 * progress) * random.between(0.75, 1.25);
}

function startOfDay(clock: Date): Date {
  return new Date(Date.UTC(clock.getUTCFullYear(), clock.getUTCMonth(), clock.getUTCDate()));
}
