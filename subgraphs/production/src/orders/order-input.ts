import { z } from 'zod';
import { localTimePattern, readWallClock } from '../plant-time.ts';

const decimals = (value: number) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-6;

/** A weight or reading as the table keeps it: not negative, two decimals, below the column's bound. */
const quantity = (below: number) =>
  z.number().min(0).lt(below).refine(decimals, { message: 'at most two decimals are kept' });
const tons = quantity(100_000_000);
const percent = z.number().min(0).max(100).refine(decimals, { message: 'at most two decimals are kept' });

const wallClock = z
  .string()
  .regex(localTimePattern, 'plant time has no offset: 2026-11-20T14:05:00')
  .transform((text, context) => {
    const clock = readWallClock(text);
    if (clock === null) context.addIssue({ code: 'custom', message: 'this day or time does not exist' });
    return clock ?? z.NEVER;
  });

const required = {
  producedAtLocal: wallClock,
  productSku: z.string().trim().min(1).max(50),
  plannedTons: tons.gt(0),
};

const optional = {
  productName: z.string().trim().min(1).max(100).nullish(),
  producedTons: tons.nullish(),
  cancelledTons: tons.nullish(),
  rawMaterialTons: tons.nullish(),
  waterKg: tons.nullish(),
  hasAdiflow: z.boolean().nullish(),
  isDispatched: z.boolean().nullish(),
  postGreaseOilPct: percent.nullish(),
  distributorPressurePsi: quantity(1_000_000).nullish(),
  feederLoadPct: percent.nullish(),
  conditionerPressurePsi: quantity(1_000_000).nullish(),
  qaDurabilityPct: percent.nullish(),
  qaHardness: quantity(10_000).nullish(),
  qaFinesPct: percent.nullish(),
  durabilityPct: percent.nullish(),
  hardness: quantity(10_000).nullish(),
  finesPct: percent.nullish(),
};

export const recordOrderSchema = z.object({
  siteId: z.uuid(),
  orderNumber: z.string().trim().min(1).max(50),
  ...required,
  ...optional,
});
export type RecordOrder = z.output<typeof recordOrderSchema>;

/** A field that is left out stays as it is; null empties it. */
export const updateOrderSchema = z.object({
  id: z.uuid(),
  expectedUpdatedAt: z.date().nullish(),
  producedAtLocal: required.producedAtLocal.optional(),
  productSku: required.productSku.optional(),
  plannedTons: required.plannedTons.optional(),
  ...optional,
});
export type UpdateOrder = z.output<typeof updateOrderSchema>;
