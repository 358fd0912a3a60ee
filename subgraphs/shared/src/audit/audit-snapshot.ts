import { redact } from '../log/redact.ts';

/** Larger states than this are not history, they are data: only their size is kept. */
const largestBytes = 32 * 1024;

/**
 * A state as it may stand in the audit log for ever: plain JSON with every secret removed, whatever it is called or
 * looks like, and bounded in size. Null for "there was nothing".
 */
export function auditSnapshot(state: unknown): unknown {
  if (state === undefined || state === null) return null;
  const safe = redact(state);
  const bytes = Buffer.byteLength(JSON.stringify(safe));
  return bytes > largestBytes ? { omittedBytes: bytes } : safe;
}
