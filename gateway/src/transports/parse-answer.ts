import { AppError } from '@cauce/shared/errors/app-error';
import { z } from 'zod';
import type { SubgraphAnswer } from './transport.ts';

const errorSchema = z.object({
  message: z.string(),
  path: z
    .array(z.union([z.string(), z.number()]))
    .optional()
    .catch(undefined),
  extensions: z.record(z.string(), z.unknown()).optional().catch(undefined),
});
const errorsSchema = z.array(errorSchema);
/** An answer before anything of it is believed; extensions are the trace of an event, which no client sees. */
const envelopeSchema = z.looseObject({
  data: z.unknown().optional(),
  errors: z.unknown().optional(),
  extensions: z.record(z.string(), z.unknown()).optional().catch(undefined),
});

/**
 * Reads a subgraph's answer. Throws SUBGRAPH_UNAVAILABLE for what is none: no JSON, no object, neither data nor errors,
 * or errors that are not such. What `data` holds is checked where each value is used.
 */
export function parseAnswer(text: string): SubgraphAnswer {
  const answer = parseJson(text);
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) throw unreadable('is no object');
  const { data, errors: sent, extensions } = envelopeSchema.parse(answer);
  const more = extensions === undefined ? {} : { extensions };
  const errors = sent ?? undefined;
  if (data === undefined && errors === undefined) throw unreadable('has neither data nor errors');
  if (data !== undefined && (typeof data !== 'object' || Array.isArray(data)))
    throw unreadable('has data of no object');
  if (errors === undefined) return { data: data as Record<string, unknown> | null, ...more };
  const read = errorsSchema.safeParse(errors);
  if (!read.success) throw unreadable('has errors that are none');
  return data === undefined
    ? { errors: read.data, ...more }
    : { data: data as Record<string, unknown> | null, errors: read.data, ...more };
}

/** Whether a content type says that the body is JSON; a subgraph that says nothing is believed. */
export function saysJson(contentType: string): boolean {
  return contentType === '' || /^application\/(?:[\w.-]+\+)?json\b/i.test(contentType);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError('SUBGRAPH_UNAVAILABLE', 'A subgraph sent an answer that is no JSON', { cause });
  }
}

function unreadable(what: string): AppError {
  return new AppError('SUBGRAPH_UNAVAILABLE', `The answer of a subgraph ${what}`);
}
