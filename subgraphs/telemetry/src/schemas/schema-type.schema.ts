import type { TelemetryRefs } from '../refs.ts';
import type { TelemetryBuilder } from '../services.ts';
import { variableDefinitions } from '../variables/variable-kinds.ts';
import type { SchemaQuantity } from './compile-schema.ts';
import { groupIntervals, schemaCharts, schemaTypes } from './schema-intervals.ts';
import { type LabelledField, shapeOf, type TelemetrySchemaRow, type ValidationRule } from './telemetry-schema.ts';

export type SchemaRefs = ReturnType<typeof addSchemaType>;

/** Adds `TelemetrySchema` and its parts. */
export function addSchemaType(builder: TelemetryBuilder, refs: TelemetryRefs) {
  const { point, company, variable, aggregate } = refs;
  const type = builder.enumType('TelemetrySchemaType', {
    description: 'What a schema is made for; it changes nothing about how it is worked out.',
    values: schemaTypes,
  });
  const interval = builder.enumType('GroupInterval', {
    description: 'How long a group lasts. Minutes and hours are cut in UTC, days and months in the point’s zone.',
    values: groupIntervals,
  });
  const chart = builder.enumType('SchemaChart', {
    description: 'How the groups are drawn, beside their table.',
    values: schemaCharts,
  });
  const quantity = builder.objectRef<SchemaQuantity>('SchemaQuantity').implement({
    description: 'A measured quantity of a schema.',
    fields: (t) => ({
      name: t.exposeString('name', { description: 'What expressions call it: lower-case letters, digits, `_`.' }),
      variable: t.expose('variable', { type: variable, description: 'The quantity.' }),
      aggregate: t.expose('aggregate', {
        type: aggregate,
        description: 'Which number stands for it in a group. DELTA, of a counter: m3 that flowed.',
      }),
      unit: t.string({
        description: 'Unit of its values.',
        resolve: (own) => variableDefinitions[own.variable].unit,
      }),
    }),
  });
  const field = builder.objectRef<LabelledField>('CalculatedField').implement({
    description: 'A number that is worked out from the quantities and fields beside it.',
    fields: (t) => ({
      name: t.exposeString('name', { description: 'What other expressions call it.' }),
      expression: t.exposeString('expression', { description: 'In CEL; `expressionLanguage` tells what it may use.' }),
      unit: t.exposeString('unit', { description: 'Unit of its values, as given; empty for a bare number.' }),
      decimals: t.exposeInt('decimals', { description: 'Digits after the point that its values are rounded to.' }),
      labelEs: t.exposeString('labelEs', { description: 'What people call it, in Spanish.' }),
      labelEn: t.exposeString('labelEn', { description: 'What people call it, in English.' }),
    }),
  });
  const rule = builder.objectRef<ValidationRule>('SchemaValidationRule').implement({
    description: 'What must hold in each group of a schema.',
    fields: (t) => ({
      expression: t.exposeString('expression', { description: 'In CEL; comes to true or false.' }),
      sentenceEs: t.exposeString('sentenceEs', { description: 'What is said when it does not hold, in Spanish.' }),
      sentenceEn: t.exposeString('sentenceEn', { description: 'What is said when it does not hold, in English.' }),
    }),
  });
  const schema = builder.objectRef<TelemetrySchemaRow>('TelemetrySchema');
  schema.implement({
    description: 'Quantities of a company’s points, side by side at the same instants, with what follows from them.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      name: t.exposeString('name', { description: 'Name, unique in the company.' }),
      company: t.field({ type: company, description: 'Whose it is.', resolve: ({ companyId }) => ({ id: companyId }) }),
      type: t.expose('type', { type, description: 'What it is made for.' }),
      interval: t.expose('interval', { type: interval, description: 'How long a group lasts.' }),
      toleranceMinutes: t.exposeInt('toleranceMinutes', {
        description:
          'A quantity that is taken as it stood LAST and said nothing in a group may be taken from so many minutes before it.',
      }),
      chart: t.expose('chart', { type: chart, description: 'How its groups are drawn.' }),
      isForAllPoints: t.exposeBoolean('isForAllPoints', {
        description: 'Whether it holds for every point of the company, also those to come.',
      }),
      points: t.field({
        type: [point],
        description: 'The points it is for, as far as they are within reach; none when it is for all.',
        resolve: async ({ id }, _args, { services }) => {
          const ids = await services.schemas.pointIdsOf(id);
          const points = await Promise.all(ids.map((own) => services.points.byId(own)));
          return points.filter((own) => own !== null);
        },
      }),
      quantities: t.field({
        type: [quantity],
        description: 'What is measured.',
        resolve: (row) => [...shapeOf(row).quantities],
      }),
      calculatedFields: t.field({
        type: [field],
        description: 'What is worked out of it.',
        resolve: (row) => [...shapeOf(row).calculatedFields],
      }),
      validationRules: t.field({
        type: [rule],
        description: 'What must hold.',
        resolve: (row) => [...shapeOf(row).validationRules],
      }),
      shown: t.stringList({
        description: 'Names of the quantities and fields that are shown, in order; others are only worked with.',
        resolve: (row) => [...shapeOf(row).shown],
      }),
      updatedAt: t.expose('updatedAt', {
        type: 'DateTime',
        description: 'When it last changed; `saveTelemetrySchema` takes it as `expectedUpdatedAt`.',
      }),
    }),
  });
  return { schema, type, interval, chart, rule };
}
