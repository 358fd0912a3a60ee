import { AppError } from '@cauce/shared/errors/app-error';
import { z } from 'zod';
import type { Resume } from '../streams/shared-stream.ts';

const longestId = 100;
const schema = z.object({
  resume: z.object({ lastEventId: z.string().max(longestId).nullish() }).nullish(),
});

/**
 * What a subscription says of where it left off: `extensions: { resume: { lastEventId } }`. An empty `resume` asks for
 * the present position, to be told of everything from then on. Throws `BAD_REQUEST` for anything else under that name.
 */
export function resumeFromExtensions(extensions: unknown): Resume | null {
  const parsed = schema.safeParse(extensions ?? {});
  if (!parsed.success)
    throw new AppError('BAD_REQUEST', `extensions.resume takes a lastEventId of at most ${longestId} characters`);
  const { resume } = parsed.data;
  return resume === null || resume === undefined ? null : { lastEventId: resume.lastEventId ?? null };
}

/** The same from the header that browsers send on their own when they reconnect. */
export function resumeFromHeader(header: string | readonly string[] | undefined): Resume | null {
  return typeof header === 'string' && header !== '' ? { lastEventId: header.slice(0, longestId) } : null;
}
