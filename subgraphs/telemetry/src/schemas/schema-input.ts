import { z } from 'zod';
import { seriesAggregates } from '../series/series-buckets.ts';
import { variableKinds } from '../variables/variable-kinds.ts';
import { groupIntervals, schemaCharts, schemaTypes } from './schema-intervals.ts';

const text = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .regex(/^\P{C}*$/u, 'must hold no control characters');

const name = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'must be lower-case letters, digits and _, 40 at most');

/** Kept short by the compiler, which tells where it is too long; this only bounds what is read. */
const expression = z.string().min(1).max(5_000);

/** The parts of a schema that its groups are made by. */
const shape = {
  interval: z.enum(groupIntervals),
  toleranceMinutes: z.int().min(0).max(1_440).nullish(),
  quantities: z
    .array(z.object({ name, variable: z.enum(variableKinds), aggregate: z.enum(seriesAggregates) }))
    .min(1)
    .max(20),
  calculatedFields: z
    .array(
      z.object({
        name,
        labelEs: text(80),
        labelEn: text(80),
        unit: z
          .string()
          .trim()
          .max(20)
          .regex(/^\P{C}*$/u, 'must hold no control characters'),
        decimals: z.int().min(0).max(9),
        expression,
      }),
    )
    .max(30),
  validationRules: z.array(z.object({ expression, sentenceEs: text(200), sentenceEn: text(200) })).max(20),
  shown: z.array(name).max(50).nullish(),
};

export const saveSchemaSchema = z.object({
  ...shape,
  id: z.uuid().nullish(),
  companyId: z.uuid().nullish(),
  expectedUpdatedAt: z.date().nullish(),
  name: text(120),
  type: z.enum(schemaTypes),
  chart: z.enum(schemaCharts).nullish(),
  isForAllPoints: z.boolean().nullish(),
  pointIds: z.array(z.uuid()).max(500).nullish(),
});

export const previewSchemaSchema = z.object(shape);

export type SaveSchemaInput = z.output<typeof saveSchemaSchema>;
export type PreviewSchemaInput = z.output<typeof previewSchemaSchema>;
