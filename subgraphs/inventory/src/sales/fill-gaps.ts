import type { DateRange } from '@cauce/shared/schema/date-range';
import type { SalesGrain, SalesPoint } from './sale.ts';

const dayMs = 86_400_000;

/** The points of a range without holes: a day or week that has none is zero. Weeks begin on Monday. */
export function fillGaps(points: readonly SalesPoint[], { from, to }: DateRange, grain: SalesGrain): SalesPoint[] {
  const known = new Map(points.map((point) => [point.date, point]));
  const start = grain === 'DAY' ? Date.parse(from) : mondayOf(Date.parse(from));
  const stepMs = grain === 'DAY' ? dayMs : 7 * dayMs;
  const filled: SalesPoint[] = [];
  for (let at = start; at <= Date.parse(to); at += stepMs) {
    const date = new Date(at).toISOString().slice(0, 10);
    filled.push(known.get(date) ?? { date, quantity: '0', netTotal: '0' });
  }
  return filled;
}

function mondayOf(dayStartMs: number): number {
  const weekday = new Date(dayStartMs).getUTCDay();
  return dayStartMs - ((weekday + 6) % 7) * dayMs;
}
