import type { DatabaseTransaction } from '@cauce/shared/db/database';
import type { VariableKind } from '../../variables/variable-kinds.ts';
import type { SlotReadings } from '../regulators/regulator.ts';

/**
 * What a point measured at a slot: of each quantity the newest value of the hour up to it, and nothing that is held or
 * unusable. For the daily mean, the total of a day before as well.
 */
export async function readSlot(
  tx: DatabaseTransaction,
  pointId: string,
  slotAt: Date,
  aggregation: string,
): Promise<SlotReadings> {
  const values = await newest(tx, pointId, slotAt);
  const isMean = aggregation === 'DAILY_MEAN';
  const before = isMean ? await newest(tx, pointId, new Date(slotAt.getTime() - 86_400_000)) : null;
  return { values, aggregation, totalDayBefore: before?.get('TOTAL') ?? null };
}

async function newest(tx: DatabaseTransaction, pointId: string, at: Date): Promise<ReadonlyMap<VariableKind, number>> {
  const rows = await tx.$queryRaw<{ variable: VariableKind; value: number }[]>`
    SELECT DISTINCT ON (variable) variable::text AS variable, value
    FROM telemetry.measurements
    WHERE point_id = ${pointId}::uuid AND quality IN ('GOOD', 'SUSPECT')
      AND measured_at <= ${at} AND measured_at > ${at}::timestamptz - interval '1 hour'
    ORDER BY variable, measured_at DESC`;
  return new Map(rows.map(({ variable, value }) => [variable, value]));
}
