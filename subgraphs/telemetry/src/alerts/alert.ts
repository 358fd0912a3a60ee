import type { Alert as AlertRow, Rule } from '@cauce/prisma/client';

/** An episode with the rule that it broke. */
export type Alert = AlertRow & { readonly rule: Rule };

export const alertSeverities = ['INFO', 'WARNING', 'CRITICAL'] as const;
export const alertStatuses = ['OPEN', 'ACKNOWLEDGED', 'RESOLVED'] as const;
export const ruleKinds = [
  'RANGE',
  'RATE_OF_CHANGE',
  'SILENCE',
  'COUNTER_RESET',
  'FLOW_TOTAL_CONSISTENCY',
  'LEVEL_TOTAL_CONSISTENCY',
  'STUCK_VALUE',
  'WATER_RIGHT_FLOW',
  'WATER_RIGHT_VOLUME',
  'SEASONAL_ANOMALY',
  'SCHEMA_VALIDATION',
] as const;

export interface AlertFilter {
  readonly siteIds?: readonly string[] | null | undefined;
  readonly pointIds?: readonly string[] | null | undefined;
  readonly statuses?: readonly (typeof alertStatuses)[number][] | null | undefined;
  readonly severities?: readonly (typeof alertSeverities)[number][] | null | undefined;
  readonly kinds?: readonly (typeof ruleKinds)[number][] | null | undefined;
}
