import type {
  GroupInterval,
  PreviewTelemetrySchemaInput,
  SaveTelemetrySchemaInput,
  SchemaChart,
  SeriesAggregate,
  TelemetrySchemaType,
  VariableKind,
  WaterSchemaFragment,
} from '../../../graphql/generated/graphql.ts';

export const groupIntervals = [
  'MINUTES_5',
  'MINUTES_10',
  'MINUTES_15',
  'MINUTES_30',
  'HOUR',
  'DAY',
  'MONTH',
] as const satisfies readonly GroupInterval[];
export const schemaTypes = [
  'MEASUREMENT',
  'DASHBOARD',
  'REPORT',
  'ALERT',
  'COMPLIANCE',
  'CUSTOM',
] as const satisfies readonly TelemetrySchemaType[];
export const schemaCharts = ['NONE', 'LINES', 'BARS'] as const satisfies readonly SchemaChart[];
export const aggregates = [
  'AVERAGE',
  'MINIMUM',
  'MAXIMUM',
  'FIRST',
  'LAST',
  'DELTA',
] as const satisfies readonly SeriesAggregate[];

export interface QuantityDraft {
  readonly key: string;
  readonly name: string;
  readonly variable: VariableKind;
  readonly aggregate: SeriesAggregate;
  readonly isShown: boolean;
}

export interface FieldDraft {
  readonly key: string;
  readonly name: string;
  readonly expression: string;
  readonly unit: string;
  readonly decimals: string;
  readonly labelEs: string;
  readonly labelEn: string;
  readonly isShown: boolean;
}

export interface RuleDraft {
  readonly key: string;
  readonly expression: string;
  readonly sentenceEs: string;
  readonly sentenceEn: string;
}

/** A schema as its form holds it. */
export interface SchemaDraft {
  readonly name: string;
  readonly type: TelemetrySchemaType;
  readonly interval: GroupInterval;
  readonly toleranceMinutes: string;
  readonly chart: SchemaChart;
  readonly isForAllPoints: boolean;
  readonly pointIds: readonly string[];
  readonly quantities: readonly QuantityDraft[];
  readonly fields: readonly FieldDraft[];
  readonly rules: readonly RuleDraft[];
}

let made = 0;
const nextKey = () => `row-${++made}`;

export const newQuantity = (): QuantityDraft => ({
  ...{ key: nextKey(), name: '', variable: 'FLOW', aggregate: 'AVERAGE', isShown: true },
});

export const newField = (): FieldDraft => ({
  ...{ key: nextKey(), name: '', expression: '', unit: '', decimals: '1', labelEs: '', labelEn: '', isShown: true },
});

export const newRule = (): RuleDraft => ({ key: nextKey(), expression: '', sentenceEs: '', sentenceEn: '' });

/** The form of a schema; of none, one that already shows something. */
export function draftOf(schema: WaterSchemaFragment | null): SchemaDraft {
  if (schema === null) {
    return {
      ...{ name: '', type: 'MEASUREMENT', interval: 'HOUR', toleranceMinutes: '0', chart: 'NONE' },
      ...{ isForAllPoints: true, pointIds: [], fields: [], rules: [] },
      quantities: [{ ...newQuantity(), name: 'flow' }],
    };
  }
  const { name, type, interval, chart, isForAllPoints, shown } = schema;
  const isShown = (own: string) => shown.includes(own);
  return {
    ...{ name, type, interval, chart, isForAllPoints },
    toleranceMinutes: String(schema.toleranceMinutes),
    pointIds: schema.points.map(({ id }) => id),
    quantities: schema.quantities.map((one) => ({
      ...{ key: nextKey(), name: one.name, variable: one.variable, aggregate: one.aggregate },
      isShown: isShown(one.name),
    })),
    fields: schema.calculatedFields.map(({ decimals, expression, labelEn, labelEs, name: own, unit }) => ({
      ...{ key: nextKey(), name: own, expression, unit, decimals: String(decimals), labelEs, labelEn },
      isShown: isShown(own),
    })),
    rules: schema.validationRules.map(({ expression, sentenceEn, sentenceEs }) => ({
      ...{ key: nextKey(), expression, sentenceEs, sentenceEn },
    })),
  };
}

/** What the graph is asked about a form that is being filled; what stands empty gets a stand-in that is checked elsewhere. */
export function previewInput(draft: SchemaDraft): PreviewTelemetrySchemaInput {
  return {
    interval: draft.interval,
    toleranceMinutes: whole(draft.toleranceMinutes),
    quantities: draft.quantities.map(({ name, variable, aggregate }) => ({ name, variable, aggregate })),
    calculatedFields: draft.fields.map(({ name, expression, unit, decimals, labelEs, labelEn }) => ({
      ...{ name, expression, unit, decimals: whole(decimals) },
      ...{ labelEs: labelEs.trim() || name, labelEn: labelEn.trim() || labelEs.trim() || name },
    })),
    validationRules: draft.rules.map(({ expression, sentenceEs, sentenceEn }) => ({
      ...{ expression, sentenceEs: sentenceEs.trim() || expression },
      sentenceEn: sentenceEn.trim() || sentenceEs.trim() || expression,
    })),
    shown: [...draft.quantities, ...draft.fields].filter(({ isShown }) => isShown).map(({ name }) => name),
  };
}

/** What the graph is told to keep. */
export function savedInput(
  draft: SchemaDraft,
  schema: WaterSchemaFragment | null,
  companyId: string,
): SaveTelemetrySchemaInput {
  const { name, type, chart, isForAllPoints, pointIds } = draft;
  return {
    ...previewInput(draft),
    ...(schema === null ? { companyId } : { id: schema.id, expectedUpdatedAt: schema.updatedAt }),
    ...{ name, type, chart, isForAllPoints },
    ...(isForAllPoints ? {} : { pointIds: [...pointIds] }),
  };
}

/** Whether the graph can be asked: every row has a name and an expression. */
export function isAskable({ quantities, fields, rules }: SchemaDraft): boolean {
  const hasName = ({ name }: { readonly name: string }) => /^[a-z][a-z0-9_]{0,39}$/.test(name);
  const hasExpression = ({ expression }: { readonly expression: string }) => expression.trim() !== '';
  return (
    quantities.length > 0 &&
    quantities.every(hasName) &&
    fields.every((field) => hasName(field) && hasExpression(field)) &&
    rules.every(hasExpression)
  );
}

function whole(text: string): number {
  const number = Number(text);
  return Number.isInteger(number) ? number : 0;
}
