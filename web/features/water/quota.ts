import { shiftDay } from '../../ui/format/day-range.ts';

interface YearUse {
  readonly volumeM3: number;
  readonly grantedYearlyM3: string | null;
  readonly days: readonly { readonly date: string; readonly volumeM3: number }[];
}

export interface Quota {
  /** Percent of the yearly water right that is used. */
  readonly usedPct: number;
  /** The day it is used up at the pace of the last 30 days; null when that is not within this year. */
  readonly exhaustedOn: string | null;
}

const paceDays = 30;

/** How far the water rights of a year are used, and when they will be. Null where no right is known. */
export function readQuota(use: YearUse, today: string): Quota | null {
  const granted = use.grantedYearlyM3 === null ? 0 : Number(use.grantedYearlyM3);
  if (!(granted > 0)) return null;
  const usedPct = (use.volumeM3 / granted) * 100;
  const since = shiftDay(today, -paceDays);
  const recent = use.days.filter((day) => day.date > since && day.date <= today);
  const pace = recent.reduce((sum, day) => sum + day.volumeM3, 0) / paceDays;
  const left = granted - use.volumeM3;
  if (left <= 0) return { usedPct, exhaustedOn: today };
  if (pace <= 0) return { usedPct, exhaustedOn: null };
  const exhaustedOn = shiftDay(today, Math.min(400, Math.floor(left / pace)));
  return { usedPct, exhaustedOn: exhaustedOn.slice(0, 4) === today.slice(0, 4) ? exhaustedOn : null };
}
