import type { TelemetryRefs } from '../refs.ts';
import type { TelemetryBuilder } from '../services.ts';
import type { SchemaRefs } from './schema-type.schema.ts';

/** The inputs of `saveTelemetrySchema` and `previewTelemetrySchema`, which differ in what only a kept schema has. */
export function addSchemaInputs(builder: TelemetryBuilder, refs: TelemetryRefs, own: SchemaRefs) {
  const { variable, aggregate } = refs;
  const { interval, type, chart } = own;
  const quantity = builder.inputType('SchemaQuantityInput', {
    description: 'A measured quantity of a schema.',
    fields: (t) => ({
      name: t.string({ description: 'What expressions call it: lower-case letters, digits, `_`; 40 at most.' }),
      variable: t.field({ type: variable, description: 'The quantity.' }),
      aggregate: t.field({ type: aggregate, description: 'Which number stands for it; DELTA for TOTAL only.' }),
    }),
  });
  const field = builder.inputType('CalculatedFieldInput', {
    description: 'A number that is worked out from the quantities and fields beside it.',
    fields: (t) => ({
      name: t.string({ description: 'What other expressions call it: lower-case letters, digits, `_`; 40 at most.' }),
      labelEs: t.string({ description: 'What people call it in Spanish, 80 characters at most.' }),
      labelEn: t.string({ description: 'What people call it in English, 80 characters at most.' }),
      unit: t.string({ description: 'Unit to show, 20 characters at most; may be empty.' }),
      decimals: t.int({ description: 'Digits after the point, 0 to 9.' }),
      expression: t.string({ description: 'In CEL, 500 characters at most; comes to a number.' }),
    }),
  });
  const rule = builder.inputType('SchemaValidationRuleInput', {
    description: 'What must hold in each group.',
    fields: (t) => ({
      expression: t.string({ description: 'In CEL, 500 characters at most; comes to true or false.' }),
      sentenceEs: t.string({ description: 'Said in Spanish when it does not hold, 200 characters at most.' }),
      sentenceEn: t.string({ description: 'Said in English when it does not hold, 200 characters at most.' }),
    }),
  });
  const preview = builder.inputType('PreviewTelemetrySchemaInput', {
    description: 'A schema that is being written.',
    fields: (t) => ({
      interval: t.field({ type: interval, description: 'How long a group lasts.' }),
      toleranceMinutes: t.int({ required: false, description: 'See `TelemetrySchema.toleranceMinutes`; 0 to 1440.' }),
      quantities: t.field({ type: [quantity], description: '1 to 20.' }),
      calculatedFields: t.field({ type: [field], description: '30 at most.' }),
      validationRules: t.field({ type: [rule], description: '20 at most.' }),
      shown: t.stringList({ required: false, description: 'Names to show, in order; all if left out.' }),
    }),
  });
  const save = builder.inputType('SaveTelemetrySchemaInput', {
    description: 'A schema, new or changed, whole.',
    fields: (t) => ({
      id: t.id({ required: false, description: 'The schema to change; a new one if left out.' }),
      companyId: t.id({ required: false, description: 'Whose it is; needed for a new one.' }),
      expectedUpdatedAt: t.field({
        type: 'DateTime',
        required: false,
        description: '`updatedAt` of the schema that was seen; refused as STALE if it is another now.',
      }),
      name: t.string({ description: 'Name, unique in the company, 120 characters at most.' }),
      type: t.field({ type, description: 'What it is made for.' }),
      interval: t.field({ type: interval, description: 'How long a group lasts.' }),
      toleranceMinutes: t.int({ required: false, description: '0 to 1440; 0 if left out.' }),
      chart: t.field({ type: chart, required: false, description: 'NONE if left out.' }),
      isForAllPoints: t.boolean({ required: false, description: 'Yes if left out.' }),
      pointIds: t.idList({
        required: false,
        description: 'The points it is for when not for all, 500 at most. Those out of reach stay as they are.',
      }),
      quantities: t.field({ type: [quantity], description: '1 to 20.' }),
      calculatedFields: t.field({ type: [field], description: '30 at most.' }),
      validationRules: t.field({ type: [rule], description: '20 at most.' }),
      shown: t.stringList({ required: false, description: 'Names to show, in order; all if left out.' }),
    }),
  });
  return { preview, save };
}
