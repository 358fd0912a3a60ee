import type { z } from 'zod';
import { RegistrationProblem } from './regulator.ts';

/**
 * A part of a registration read by its schema.
 * @throws RegistrationProblem that names the fields that are missing or wrong
 */
export function readRegistration<Schema extends z.ZodType>(
  part: string,
  schema: Schema,
  value: unknown,
): z.output<Schema> {
  const result = schema.safeParse(value ?? {});
  if (result.success) return result.data;
  const fields = [...new Set(result.error.issues.map(({ path }) => [part, ...path].join('.')))];
  throw new RegistrationProblem(`Missing or not as registered: ${fields.join(', ')}`, fields);
}

/** An answer's JSON; null for anything that is none. */
export function readJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
