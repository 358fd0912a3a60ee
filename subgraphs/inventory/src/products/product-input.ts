import { z } from 'zod';
import { decimalText, lineText } from '../decimal-text.ts';

/** Money for one unit: zero is real (samples, gifts), less is a mistake. */
const money = decimalText(12, 6);

const optional = {
  description: z
    .string()
    .trim()
    .max(4_000)
    .regex(/^[^\0\p{Cs}]*$/u, 'must not have control or half characters')
    .nullish(),
  price: money.nullish(),
  cost: money.nullish(),
  category: lineText(100).nullish(),
  unit: lineText(50).nullish(),
  barcode: lineText(50).nullish(),
};

export const createProductSchema = z.object({
  companyId: z.uuid().nullish(),
  sku: lineText(50),
  name: lineText(255),
  isActive: z.boolean().nullish(),
  ...optional,
});
export type CreateProduct = z.output<typeof createProductSchema>;

/** A field that is left out stays as it is; null empties it, where a product can be without. */
export const updateProductSchema = z.object({
  id: z.uuid(),
  expectedUpdatedAt: z.date().nullish(),
  sku: lineText(50).optional(),
  name: lineText(255).optional(),
  isActive: z.boolean().optional(),
  ...optional,
});
export type UpdateProduct = z.output<typeof updateProductSchema>;

export const deleteProductSchema = z.object({ id: z.uuid() });
