interface MetricValue {
  readonly date: string;
  readonly metric: string;
  readonly value: string;
}

/** One metric by day, in the order of `days`; null for a day that has none. */
export function metricByDay(
  values: readonly MetricValue[],
  metric: string,
  days: readonly string[],
): readonly (number | null)[] {
  const known = new Map(values.filter((one) => one.metric === metric).map((one) => [one.date, Number(one.value)]));
  return days.map((day) => known.get(day) ?? null);
}

/** The sum of a metric, or null when no day has it: nothing is not zero. */
export function metricTotal(values: readonly MetricValue[], metric: string): number | null {
  const own = values.filter((one) => one.metric === metric);
  return own.length === 0 ? null : own.reduce((sum, one) => sum + Number(one.value), 0);
}

/** The days that any value speaks of, in order. */
export function metricDays(values: readonly MetricValue[]): readonly string[] {
  return [...new Set(values.map((one) => one.date))].sort();
}
