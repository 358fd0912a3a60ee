/** The schedules that have words of their own, by what stands behind `telemetry.`. */
export const namedSchedules = [
  'daily-summary',
  'ensure-partitions',
  'find-anomalies',
  'forecast-series',
  'learn-cadence',
  'plan-pulls',
  'prepare-submissions',
  'prune-records',
  'refresh-rollups',
  'send-notifications',
  'send-submissions',
  'watch-rules',
  'watch-silence',
] as const;

export type NamedSchedule = (typeof namedSchedules)[number];

/** Which of them a job is; null for one that has no words yet and is shown by its name. */
export function namedSchedule(job: string): NamedSchedule | null {
  return namedSchedules.find((name) => job === `telemetry.${name}`) ?? null;
}
