import type { Prisma, PrismaClient } from '@cauce/prisma/client';
import type { Pool } from 'pg';

/** The client inside an interactive transaction. */
export type DatabaseTransaction = Prisma.TransactionClient;

/** One Postgres, seen two ways: the typed client for rows, the pool for LISTEN, COPY and hand-written SQL. */
export interface Database {
  readonly client: PrismaClient;
  readonly pool: Pool;
  readonly url: string;
  close(): Promise<void>;
}
