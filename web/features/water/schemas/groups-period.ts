import type { GroupInterval } from '../../../graphql/generated/graphql.ts';
import type { DayRange } from '../../../ui/format/day-range.ts';

/** Days that the graph gives at once. */
const longestDays: Readonly<Record<GroupInterval, number>> = {
  ...{ MINUTES_5: 93, MINUTES_10: 93, MINUTES_15: 186, MINUTES_30: 186 },
  ...{ HOUR: 732, DAY: 1_830, MONTH: 1_830 },
};

/** The end of a period that can be had at once; all of it, unless it is too long. */
export function withinReach({ from, to }: DayRange, interval: GroupInterval): DayRange {
  const earliest = new Date(Date.parse(to) - (longestDays[interval] - 1) * 86_400_000).toISOString().slice(0, 10);
  return { from: from < earliest ? earliest : from, to };
}
