interface MetricValue {
  readonly date: string;
  readonly metric: string;
  readonly value: string | null;
}

/** One metric by day, in the order of `days`; null for a day that has none. */
export function metricByDay(
  values: readonly MetricValue[],
  metric: string,
  days: readonly string[],
): readonly (number | null)[] {
  const byDay = new Map(known(values, metric).map(({ date, value }) => [date, Number(value)]));
  return days.map((day) => byDay.get(day) ?? null);
}

/** The sum of a metric, or null when no day has it: nothing is not zero. */
export function metricTotal(values: readonly MetricValue[], metric: string): number | null {
  const own = known(values, metric);
  return own.length === 0 ? null : own.reduce((sum, one) => sum + Number(one.value), 0);
}

/** The days that any value speaks of, in order. */
export function metricDays(values: readonly MetricValue[]): readonly string[] {
  return [...new Set(values.filter((one) => one.value !== null).map((one) => one.date))].sort();
}

function known(values: readonly MetricValue[], metric: string): readonly MetricValue[] {
  return values.filter((one) => one.metric === metric && one.value !== null);
}
