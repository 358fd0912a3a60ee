import { z } from 'zod';
import type { CauceBuilder } from './builder.ts';

/** Calendar days, both ends included. */
export interface DateRange {
  readonly from: string;
  readonly to: string;
}

/** Registers `DateRangeInput`, the period that most headline fields take. */
export function addDateRangeInput<Services>(builder: CauceBuilder<Services>) {
  return builder.inputType('DateRangeInput', {
    description: "Calendar days in the site's time zone, both ends included; at most 5 years.",
    fields: (t) => ({
      from: t.field({ type: 'Date', description: 'First day.' }),
      to: t.field({ type: 'Date', description: 'Last day, included.' }),
    }),
  });
}

const maxDays = 5 * 366;

/** The rule behind `DateRangeInput`: the right way round and not without bound. */
export const dateRangeSchema = z
  .object({ from: z.string(), to: z.string() })
  .refine(({ from, to }) => from <= to, { path: ['from'], message: 'from must not be after to' })
  .refine(({ from, to }) => (Date.parse(to) - Date.parse(from)) / 86_400_000 <= maxDays, {
    path: ['to'],
    message: 'the period must not be longer than 5 years',
  });
