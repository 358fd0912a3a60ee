import type { RuleKind } from '../../../graphql/generated/graphql.ts';

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
] as const satisfies readonly RuleKind[];

/** What each kind of rule can be told, in the order of its fields. All are numbers. */
export const ruleFields = {
  RANGE: ['min', 'max', 'windowMinutes'],
  RATE_OF_CHANGE: ['perHour', 'windowMinutes'],
  SILENCE: ['intervals'],
  COUNTER_RESET: ['windowHours'],
  FLOW_TOTAL_CONSISTENCY: ['hours', 'tolerancePct', 'minimumM3'],
  LEVEL_TOTAL_CONSISTENCY: ['hours', 'levelM', 'minimumM3'],
  STUCK_VALUE: ['hours'],
  WATER_RIGHT_FLOW: ['tolerancePct'],
  WATER_RIGHT_VOLUME: ['atPct'],
  SEASONAL_ANOMALY: ['minScore', 'minHours'],
  SCHEMA_VALIDATION: [],
} as const satisfies Record<RuleKind, readonly string[]>;

export type RuleField = (typeof ruleFields)[RuleKind][number];

/** The one field that has no usual value. */
export const neededField: RuleField = 'perHour';

/** Kinds that can hold for one quantity of several. */
export const kindsWithVariable: readonly RuleKind[] = ['RANGE', 'RATE_OF_CHANGE', 'STUCK_VALUE', 'SEASONAL_ANOMALY'];

/** The parameters of a rule as its fields show them. */
export function shownParameters(parameters: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(Object(parameters)).map(([field, value]) => [field, String(value)]));
}

/** What the graph is told: the kind's own fields that hold a number; usual values stand for the rest. */
export function sentParameters(kind: RuleKind, shown: Readonly<Record<string, string>>): Record<string, number> {
  const given = ruleFields[kind].map((field) => [field, shown[field]?.trim() ?? ''] as const);
  return Object.fromEntries(
    given
      .filter(([, text]) => text !== '' && Number.isFinite(Number(text)))
      .map(([field, text]) => [field, Number(text)]),
  );
}
