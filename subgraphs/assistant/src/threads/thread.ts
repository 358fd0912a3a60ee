import type { Thread as ThreadRow } from '@cauce/prisma/client';

/** A conversation of one person with the assistant. */
export interface Thread {
  readonly id: string;
  readonly title: string;
  readonly lastAskedAt: Date;
  readonly archivedAt: Date | null;
  readonly createdAt: Date;
}

export function toThread({ id, title, lastAskedAt, archivedAt, createdAt }: ThreadRow): Thread {
  return { id, title, lastAskedAt, archivedAt, createdAt };
}
