import type { Failure } from '../../graphql/failures.ts';
import type { DailyProductionFragment, ProductionGrain } from '../../graphql/generated/graphql.ts';
import { type DayRange, dayCount } from '../../ui/format/day-range.ts';

/** Production over time: one value for each day, week or month of `days`. */
export interface DailyProduction {
  readonly days: readonly string[];
  readonly grain: ProductionGrain;
  /** Tons with the additive, without it or not said, and together. */
  readonly withAdiflow: readonly (number | null)[];
  readonly withoutAdiflow: readonly (number | null)[];
  readonly tons: readonly (number | null)[];
  readonly sackoff: readonly (number | null)[];
  readonly isLoading: boolean;
  readonly failure: Failure | null;
  /** When the last of the orders behind it changed. */
  readonly changedAt: string | null;
  readonly retry: () => void;
}

/** As many bars as can still be told apart. */
export function grainFor(range: DayRange): ProductionGrain {
  const days = dayCount(range);
  return days <= 62 ? 'DAY' : days <= 400 ? 'WEEK' : 'MONTH';
}

/** The two series side by side, by day. No day has orders: no days at all, and the page says that it is empty. */
export function alignProduction(
  tons: DailyProductionFragment | undefined,
  sackoff: DailyProductionFragment | undefined,
) {
  const groups = tons?.groups ?? [];
  const days = [...new Set(groups.flatMap((group) => group.points.map((point) => point.date)))].sort();
  const sumOf = (keys: (key: string | null) => boolean) =>
    days.map((day) => {
      const values = groups
        .filter((group) => keys(group.key))
        .flatMap((group) => group.points.find((point) => point.date === day)?.value ?? []);
      return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0);
    });
  const all = sumOf(() => true);
  if (all.every((value) => value === null || value === 0)) {
    return { days: [], withAdiflow: [], withoutAdiflow: [], tons: [], sackoff: [] };
  }
  const loss = new Map(sackoff?.groups[0]?.points.map((point) => [point.date, point.value]));
  return {
    days,
    withAdiflow: sumOf((key) => key === 'WITH'),
    withoutAdiflow: sumOf((key) => key !== 'WITH'),
    tons: all,
    sackoff: days.map((day) => loss.get(day) ?? null),
  };
}
