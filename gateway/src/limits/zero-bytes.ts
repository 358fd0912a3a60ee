import { AppError } from '@cauce/shared/errors/app-error';
import { BREAK, type DocumentNode, visit } from 'graphql';

/**
 * Refuses text with a zero byte, wherever an operation holds it: Postgres has no such text, so no field could do
 * anything with it but fail.
 */
export function refuseZeroBytes(document: DocumentNode, variables: Readonly<Record<string, unknown>>): void {
  if (holdsZeroByte(variables) || hasZeroByteLiteral(document)) {
    throw new AppError('BAD_USER_INPUT', 'Text must not hold a zero byte');
  }
}

function holdsZeroByte(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0');
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, part]) => name.includes('\0') || holdsZeroByte(part));
}

/** How GraphQL writes one; a document cannot hold the byte itself. */
const escaped = /\\u(?:0000|\{0+\})/;

function hasZeroByteLiteral(document: DocumentNode): boolean {
  const source = document.loc?.source.body;
  if (source !== undefined && !escaped.test(source)) return false;
  let isFound = false;
  visit(document, {
    StringValue: ({ value }) => {
      if (!value.includes('\0')) return undefined;
      isFound = true;
      return BREAK;
    },
  });
  return isFound;
}
