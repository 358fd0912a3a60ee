import { z } from 'zod';

const id = z.uuid().toLowerCase();
const words = z
  .string()
  .trim()
  .max(500)
  .nullish()
  .transform((text) => text || null);
const expectedVersion = z
  .int()
  .min(1)
  .nullish()
  .transform((version) => version ?? null);

export const holdSchema = z.object({ slotId: id });
export const releaseSchema = z.object({ token: id });

export const bookSchema = z.object({
  slotId: id,
  patientId: id,
  holdToken: id.nullish().transform((token) => token ?? null),
  reason: words,
  patientNotes: words,
});

export const confirmSchema = z.object({ id, expectedVersion });
export const cancelSchema = z.object({ id, expectedVersion, reason: words });

export const rescheduleSchema = z.object({
  id,
  slotId: id,
  holdToken: id.nullish().transform((token) => token ?? null),
  expectedVersion,
  reason: words,
});
