import { openGaps, type TimePoint } from '../../../ui/charts/time-chart-data.ts';

interface Day {
  readonly date: string;
  readonly low: number;
  readonly high: number;
  readonly sold: number | null;
  readonly isInside: boolean | null;
}

const dayMs = 86_400_000;

/** Days as midnights of UTC: what was sold in the band that was promised, marked where it fell outside; a gap where nothing was said. */
export function pastPoints(days: readonly Day[]): readonly TimePoint[] {
  return openGaps(
    days.map(({ date, low, high, sold, isInside }) => ({
      ...{ atMs: Date.parse(date), value: sold, low, high, isSuspect: isInside === false },
    })),
    dayMs,
  );
}
