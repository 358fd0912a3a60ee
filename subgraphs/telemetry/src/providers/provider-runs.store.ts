import { Prisma, type PrismaClient } from '@cauce/prisma/client';
import type { DatabaseTransaction } from '@cauce/shared/db/database';
import { isPulled, type PulledKind, pulledKinds } from './provider-settings.ts';
import { noCursor, readCursors } from './pull-cursor.ts';
import type { PulledDevice, PullResult } from './pull-provider.ts';

export interface RunProvider {
  readonly id: string;
  readonly name: string;
  readonly kind: PulledKind;
  readonly connection: unknown;
  readonly credentialsEncrypted: string | null;
  readonly isTesting: boolean;
  readonly updatedAt: Date;
  readonly devices: readonly PulledDevice[];
}

/** A run that is due, and whether the provider's last ones were slow or failed. */
export interface DueRun {
  readonly providerId: string;
  readonly isTroubled: boolean;
}

/** Longer than this and a provider is pulled beside the others, not among them. */
const slowMs = 20_000;

/**
 * Takes the runs that are due and puts the next ones an interval later, so that two planners never take the same. Only
 * providers with devices: there is nothing to ask of the others.
 */
export async function claimDueRuns(tx: DatabaseTransaction, now: Date): Promise<readonly DueRun[]> {
  return tx.$queryRaw<DueRun[]>`
    UPDATE telemetry.provider_schedules s
    SET next_run_at = ${now}::timestamptz + make_interval(secs => s.interval_seconds)
    FROM (
      SELECT s.id FROM telemetry.provider_schedules s JOIN telemetry.providers p ON p.id = s.provider_id
      WHERE s.is_active AND s.next_run_at <= ${now}::timestamptz AND p.is_active
        AND p.kind::text IN (${Prisma.join(pulledKinds)})
        AND EXISTS (SELECT FROM telemetry.reading_sources r WHERE r.provider_id = p.id AND r.is_active)
      ORDER BY s.next_run_at LIMIT 500 FOR UPDATE OF s SKIP LOCKED) AS due
    WHERE s.id = due.id
    RETURNING s.provider_id::text AS "providerId",
              (s.failures > 1 OR coalesce(s.last_duration_ms, 0) > ${slowMs}) AS "isTroubled"`;
}

/** An active provider with its active devices; null when it is not to be pulled. */
export async function findRunProvider(client: PrismaClient, id: string): Promise<RunProvider | null> {
  const row = await client.provider.findFirst({
    where: { id, isActive: true },
    include: {
      sources: {
        where: { isActive: true, point: { deletedAt: null } },
        include: { channels: { orderBy: { channel: 'asc' } } },
        orderBy: { deviceId: 'asc' },
      },
    },
  });
  if (row === null || !isPulled(row.kind)) return null;
  const { sources, kind, ...provider } = row;
  const devices = sources.map(({ id: sourceId, deviceId, cursor, channels }): PulledDevice => {
    const cursors = readCursors(cursor);
    return {
      ...{ sourceId, deviceId },
      channels: channels.map(({ channel, unit }) => ({ channel, unit, cursor: cursors.get(channel) ?? noCursor })),
    };
  });
  return { ...provider, kind, devices };
}

/** Longest pause between two tries of a provider that keeps failing, s. */
const longestPauseSeconds = 3_600;

/** Notes how a run went, and when the next one begins: later after failures in a row, or when the provider says so. */
export async function finishRun(
  client: PrismaClient,
  providerId: string,
  run: PullResult & { readonly startedAt: Date; readonly endedAt: Date },
): Promise<void> {
  const { result, message, startedAt, endedAt, hasAnswered } = run;
  const hasFailed = result === 'FAILED';
  await client.$transaction(async (tx) => {
    // Not through the client, which would move `updatedAt`: that is what people changed.
    await tx.$executeRaw`
      UPDATE telemetry.providers
      SET last_connected_at = CASE WHEN ${hasAnswered} THEN ${endedAt}::timestamptz ELSE last_connected_at END,
          last_error = CASE WHEN ${message !== null} THEN ${message} ELSE last_error END,
          last_error_at = CASE WHEN ${message !== null} THEN ${endedAt}::timestamptz ELSE last_error_at END
      WHERE id = ${providerId}::uuid`;
    await tx.$executeRaw`
      UPDATE telemetry.provider_schedules
      SET last_run_at = ${startedAt}, last_result = ${result}::telemetry.schedule_result, last_message = ${message},
          last_duration_ms = ${endedAt.getTime() - startedAt.getTime()},
          failures = CASE WHEN ${hasFailed} THEN failures + 1 ELSE 0 END,
          next_run_at = ${endedAt}::timestamptz + make_interval(secs => greatest(
            ${(run.retryAfterMs ?? 0) / 1_000}::float8,
            CASE WHEN ${run.isUnfinished && !hasFailed} THEN 0
                 WHEN ${hasFailed} THEN least(${longestPauseSeconds}::float8, interval_seconds * power(2, least(failures, 10)))
                 ELSE greatest(0, interval_seconds - ${(endedAt.getTime() - startedAt.getTime()) / 1_000}::float8) END))
      WHERE provider_id = ${providerId}::uuid`;
  });
}
