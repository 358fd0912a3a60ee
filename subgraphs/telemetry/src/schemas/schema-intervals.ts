/** How long a group lasts. Minutes are cut in UTC, hours as the sums are, days and months in the point's zone. */
export const groupIntervals = ['MINUTES_5', 'MINUTES_10', 'MINUTES_15', 'MINUTES_30', 'HOUR', 'DAY', 'MONTH'] as const;
export type GroupInterval = (typeof groupIntervals)[number];

export type SummedInterval = 'HOUR' | 'DAY' | 'MONTH';

/** Minutes of a group that is made from single measurements; null for one whose sums are kept. */
export const intervalMinutes: Readonly<Record<GroupInterval, number | null>> = {
  MINUTES_5: 5,
  MINUTES_10: 10,
  MINUTES_15: 15,
  MINUTES_30: 30,
  HOUR: null,
  DAY: null,
  MONTH: null,
};

/** The longest period that can be asked for at once, days: what is counted stays a few ten thousand rows. */
export const longestDays: Readonly<Record<GroupInterval, number>> = {
  MINUTES_5: 93,
  MINUTES_10: 93,
  MINUTES_15: 186,
  MINUTES_30: 186,
  HOUR: 732,
  DAY: 1_830,
  MONTH: 1_830,
};

export const schemaTypes = ['MEASUREMENT', 'DASHBOARD', 'REPORT', 'ALERT', 'COMPLIANCE', 'CUSTOM'] as const;
export const schemaCharts = ['NONE', 'LINES', 'BARS'] as const;
