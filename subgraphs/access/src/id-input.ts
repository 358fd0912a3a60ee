import { z } from 'zod';

/** An id in an input, as Postgres writes it. */
export const idInput = z.uuid().toLowerCase();

/** Ids, each once. */
export const idListInput = z
  .array(idInput)
  .max(500)
  .transform((ids) => [...new Set(ids)]);
