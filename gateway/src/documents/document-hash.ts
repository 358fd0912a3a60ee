import { hash } from 'node:crypto';

/** How a document is named by clients: the SHA-256 of its text in UTF-8, as 64 hexadecimal digits. */
export function documentHash(text: string): string {
  return hash('sha256', text, 'hex');
}

export function isDocumentHash(value: unknown): value is string {
  return typeof value === 'string' && /^[\da-f]{64}$/.test(value);
}
