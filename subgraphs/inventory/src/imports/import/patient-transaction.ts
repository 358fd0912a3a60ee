import type { Database, DatabaseTransaction } from '@cauce/shared/db/database';

/** A transaction whose statements may touch every row of a large file, and take longer than those of requests. */
export function patientTransaction<Result>(
  { client }: Pick<Database, 'client'>,
  work: (tx: DatabaseTransaction) => Promise<Result>,
): Promise<Result> {
  return client.$transaction(
    async (tx) => {
      await tx.$executeRaw`SET LOCAL statement_timeout = '240s'`;
      return work(tx);
    },
    { timeout: 300_000, maxWait: 30_000 },
  );
}

/** Two files of one company go one after the other: each is planned on what the one before has written. */
export async function holdCompany(tx: DatabaseTransaction, companyId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`spreadsheet ${companyId}`}, 0))`;
}
