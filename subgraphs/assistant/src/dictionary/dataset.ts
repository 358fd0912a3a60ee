import type { Permission } from '@cauce/shared/auth/permissions';
import type { SubgraphName } from '@cauce/shared/subgraph/subgraph';
import type { Text } from './text.ts';

export const fieldKinds = [
  'ID',
  'TEXT',
  'CHOICE',
  'NUMBER',
  'QUANTITY',
  'MONEY',
  'FLAG',
  'DAY',
  'TIME',
  'LINK',
] as const;
export type FieldKind = (typeof fieldKinds)[number];

/** One thing that is known of each row. */
export interface DatasetField {
  /** Name of the field in the graph. */
  readonly name: string;
  readonly kind: FieldKind;
  /** `t`, `%`, `L/s`; `currency` where a neighbouring field says which; null where there is none. */
  readonly unit: string | null;
  readonly meaning: Text;
  /** Other words that people use for it, in Spanish. */
  readonly synonyms: readonly string[];
}

/** How soon a change in the world is a change here. */
export interface DatasetFreshness {
  readonly rule: Text;
  /** Topics of the events that tell of changes; with none, only the rule speaks. */
  readonly topics: readonly string[];
}

/** Something that a question may be about. */
export interface Dataset {
  readonly name: string;
  readonly owner: SubgraphName;
  /** Who may read its rows at all (null: everybody); which rows is decided by companies and sites. */
  readonly permission: Permission | null;
  readonly title: Text;
  /** What one row is. */
  readonly meaning: Text;
  /** Its type in the graph, and the root field that lists it. */
  readonly graphType: string;
  readonly graphQuery: string;
  readonly freshness: DatasetFreshness;
  /** What to know before counting. */
  readonly rules: readonly Text[];
  readonly fields: readonly DatasetField[];
}

type FieldOptions = { readonly unit?: string; readonly synonyms?: readonly string[] };

/** A field, in the order in which a person would read it aloud. */
export function field(name: string, kind: FieldKind, es: string, en: string, options: FieldOptions = {}): DatasetField {
  return { name, kind, unit: options.unit ?? null, meaning: { es, en }, synonyms: options.synonyms ?? [] };
}
