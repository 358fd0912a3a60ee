import { z } from 'zod';
import { decimalText, lineText } from '../decimal-text.ts';

const quantity = decimalText(12, 5);

/** A field that is left out stays as it is; null takes away a maximum or a location. */
export const setStockLevelSchema = z
  .object({
    productId: z.uuid(),
    siteId: z.uuid(),
    /** Needed where a site has several. */
    warehouse: lineText(200).nullish(),
    expectedUpdatedAt: z.date().nullish(),
    /** Negative is real: sold before it was entered. */
    onHand: decimalText(12, 5, { isNegativeAllowed: true }).optional(),
    minimum: quantity.optional(),
    maximum: quantity.nullish(),
    location: lineText(100).nullish(),
    reason: lineText(300).nullish(),
  })
  .refine(
    ({ onHand, minimum, maximum, location }) =>
      [onHand, minimum, maximum, location].some((value) => value !== undefined),
    {
      path: ['onHand'],
      message: 'nothing to set: give onHand, minimum, maximum or location',
    },
  )
  .refine(({ onHand, reason }) => onHand === undefined || (typeof reason === 'string' && reason.length >= 3), {
    path: ['reason'],
    message: 'a correction of what is on hand needs a reason of at least 3 characters',
  });
export type SetStockLevel = z.output<typeof setStockLevelSchema>;
