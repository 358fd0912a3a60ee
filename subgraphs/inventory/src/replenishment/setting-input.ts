import { z } from 'zod';
import { decimalText, lineText } from '../decimal-text.ts';

const quantity = decimalText(12, 5);
const longestDays = 365;
/** Products of one change: each is audited by itself. */
export const mostProducts = 200;

const fields = {
  supplierName: lineText(120).nullish(),
  leadTimeDays: z.int().min(0).max(longestDays).optional(),
  reviewPeriodDays: z.int().min(0).max(longestDays).optional(),
  packSize: quantity.refine((text) => /[1-9]/.test(text), 'must be more than zero').optional(),
  minimumOrder: quantity.nullish(),
  minimum: quantity.nullish(),
  maximum: quantity.nullish(),
  serviceLevel: z
    .string()
    .refine((text) => /^0\.\d{1,4}$/.test(text) && Number(text) >= 0.5, 'from 0.5 to 0.9999, with at most 4 decimals')
    .optional(),
};
const fieldsSchema = z.object(fields);
export type SettingFields = z.output<typeof fieldsSchema>;
const names = fieldsSchema.keyof().options;

/** A field that is left out stays as it is; null empties it, where a setting can be without. */
export const saveSettingSchema = z
  .object({ productId: z.uuid(), siteId: z.uuid().nullish(), expectedUpdatedAt: z.date().nullish(), ...fields })
  .refine(saysSomething, nothing('leadTimeDays'));

export const saveSettingsSchema = z
  .object({
    productIds: z
      .array(z.uuid().transform((id) => id.toLowerCase()))
      .min(1)
      .max(mostProducts)
      .refine((ids) => new Set(ids).size === ids.length, 'each product once'),
    siteId: z.uuid().nullish(),
    ...fields,
  })
  .refine(saysSomething, nothing('leadTimeDays'));

function saysSomething(input: SettingFields): boolean {
  return names.some((name) => input[name] !== undefined);
}

function nothing(path: string) {
  return { path: [path], message: 'nothing to set' };
}
