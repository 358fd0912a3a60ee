import type { z } from 'zod';
import { ValidationFailed } from './outcomes.ts';

/** Parses a mutation's input; what is wrong comes back as `ValidationFailed`, a field at a time. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new ValidationFailed(
    result.error.issues.map((issue) => ({
      path: issue.path.join('.'),
      code: issue.code.toUpperCase(),
      message: issue.message,
    })),
  );
}
