import type { PrismaClient } from '@cauce/prisma/client';

/** A regulator that asks for more is called again all the same: what is owed has its deadlines. */
export const longestPauseMs = 60 * 60_000;

/** Leaves a regulator alone that asked for it; whoever calls it next waits as well. A longer pause is kept. */
export async function pauseSource(client: PrismaClient, sourceId: string, now: Date, pauseMs: number): Promise<void> {
  const until = new Date(now.getTime() + Math.min(pauseMs, longestPauseMs));
  await client.$executeRaw`
    UPDATE telemetry.compliance_sources SET paused_until = greatest(paused_until, ${until})
    WHERE id = ${sourceId}::uuid`;
}
