/** The query that shows why it is one graph; the overview page asks the same. */
export const overviewQuery = `
  query Overview($site: ID!, $range: DateRangeInput!) {
    site(id: $site) {
      name
      kind
      company { name }
      production(range: $range) { producedTons efficiencyPct sackoffPct }
      lowStockCount
      clinic { stats { appointmentsToday openSlotsToday } }
      catchmentPoints { code latest { variable value unit measuredAt } }
      dailyMetrics(range: $range, metrics: ["orders", "revenue"]) { date value }
    }
  }`;

/** The thirty days up to now. */
export function lastThirtyDays(now = new Date()): { readonly from: string; readonly to: string } {
  const day = (at: Date) => at.toISOString().slice(0, 10);
  return { from: day(new Date(now.getTime() - 29 * 86_400_000)), to: day(now) };
}
