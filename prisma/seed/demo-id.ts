import { createHash } from 'node:crypto';

/**
 * The id of a demo row: the same text always gives the same UUID (version 8, made from SHA-256), so that seeds of
 * different domains point at each other without asking and a second run changes nothing.
 */
export function demoId(kind: string, name: string): string {
  const hex = createHash('sha256').update(`${kind}:${name}`).digest('hex');
  const variant = ((Number.parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(18, 20)}-${hex.slice(20, 32)}`;
}

/** The same in SQL, from an expression of text: a well-formed UUID (version 8), which a bare md5 is not. */
export function uuidOf(text: string): string {
  return `overlay(overlay(md5(${text}) PLACING '8' FROM 13) PLACING '8' FROM 17)::uuid`;
}
