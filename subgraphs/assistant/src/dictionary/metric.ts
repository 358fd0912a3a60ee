import { createHash } from 'node:crypto';
import type { Permission } from '@cauce/shared/auth/permissions';
import type { SubgraphName } from '@cauce/shared/subgraph/subgraph';
import type { Text } from './text.ts';

/**
 * How a number of a larger whole is made from those of its parts: added, made anew from the sums of its parts, taken
 * at the end of the period, or not at all.
 */
export const additivities = ['SUM', 'RATIO', 'SNAPSHOT', 'NONE'] as const;
export type Additivity = (typeof additivities)[number];

export const dimensions = ['DAY', 'SITE', 'COMPANY', 'PRODUCT', 'ADIFLOW', 'CATEGORY', 'CLINIC', 'POINT'] as const;
export type Dimension = (typeof dimensions)[number];

/** A number with one meaning, wherever it is shown. The assistant answers with these before it tries anything else. */
export interface Metric {
  /** `<owner>.<snake_case>`. */
  readonly name: string;
  /** Grows with every change of meaning; a test holds the definition to its version. */
  readonly version: number;
  readonly owner: SubgraphName;
  readonly permission: Permission;
  readonly title: Text;
  readonly definition: Text;
  /** The formula in words and signs. */
  readonly formula: Text;
  /** Null for a count, or where the data say it. */
  readonly unit: string | null;
  readonly additivity: Additivity;
  readonly dimensions: readonly Dimension[];
  /** What its sign or direction says. */
  readonly sign: Text | null;
  /** Where the graph answers it, from the root: `productionKpis.sackoffPct`. */
  readonly answeredBy: string;
  readonly datasets: readonly string[];
}

/** The fingerprint of what a metric means. Titles may be reworded, and its field may move, without a new version. */
export function metricHash(metric: Metric): string {
  const { name, owner, definition, formula, unit, additivity, dimensions: split, sign } = metric;
  const meaning = [
    name,
    owner,
    definition.es,
    definition.en,
    formula.es,
    formula.en,
    unit,
    additivity,
    split,
    sign?.es,
    sign?.en,
  ];
  return createHash('sha256').update(JSON.stringify(meaning)).digest('hex').slice(0, 16);
}
