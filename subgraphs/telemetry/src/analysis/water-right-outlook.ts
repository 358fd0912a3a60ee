import { dayMs } from './engine/even-series.ts';
import type { Forecast } from './engine/forecast.ts';

/** What becomes of the yearly volume if water is taken as the forecast says, and on as in its thirty days. */
export interface WaterRightOutlook {
  readonly usedM3: number;
  readonly grantedM3: number;
  /** Where the forecast begins, ms since 1970 in a zone without offset: the day after the last whole one. */
  readonly from: number;
  readonly m3PerDay: number;
  readonly lowM3PerDay: number;
  readonly highM3PerDay: number;
  /** What the year will have taken at its end. */
  readonly projectedM3: number;
  readonly lowM3: number;
  readonly highM3: number;
  /** Day on which it is used up; null where the year ends before. `earliest` and `latest` hold it with 80 %. */
  readonly usedUpOn: number | null;
  readonly earliest: number | null;
  readonly latest: number | null;
}

/** Null where nothing is granted or the days cannot be forecast. All days are ms since 1970 in a zone without offset. */
export function waterRightOutlook(given: {
  readonly usedM3: number;
  readonly grantedM3: number | null;
  readonly from: number;
  readonly daily: Forecast | null;
}): WaterRightOutlook | null {
  const { usedM3, grantedM3, from, daily } = given;
  if (grantedM3 === null || daily === null) return null;
  const m3PerDay = daily.steps.reduce((sum, { expected }) => sum + expected, 0) / daily.steps.length;
  const lowM3PerDay = Math.max(0, m3PerDay + Math.min(0, daily.meanErrorLow));
  const highM3PerDay = m3PerDay + Math.max(0, daily.meanErrorHigh);
  const yearEnd = Date.UTC(new Date(from).getUTCFullYear() + 1, 0, 1);
  const days = (yearEnd - from) / dayMs;
  const dayAt = (perDay: number) => {
    const left = Math.max(0, grantedM3 - usedM3);
    const day = from + Math.floor(left / perDay) * dayMs;
    return perDay > 0 && day < yearEnd ? day : left === 0 ? from : null;
  };
  return {
    ...{ usedM3, grantedM3, from, m3PerDay, lowM3PerDay, highM3PerDay },
    projectedM3: usedM3 + m3PerDay * days,
    lowM3: usedM3 + lowM3PerDay * days,
    highM3: usedM3 + highM3PerDay * days,
    usedUpOn: dayAt(m3PerDay),
    earliest: dayAt(highM3PerDay),
    latest: dayAt(lowM3PerDay),
  };
}
