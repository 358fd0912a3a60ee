import type { Database } from '@cauce/shared/db/database';
import { z } from 'zod';
import { type VariableKind, variableKinds } from '../variables/variable-kinds.ts';
import type { DevicePlace } from './device-shape.ts';

/** A device to play: its place, what it sends, and where its counter stands. */
export interface SimulatedDevice extends DevicePlace {
  readonly pointId: string;
  readonly samplingMinutes: number;
  readonly channels: readonly {
    readonly channel: string;
    readonly variable: VariableKind;
    readonly isPulses: boolean;
  }[];
  /** m3 that a pulse stands for; null without a counter. */
  readonly m3PerPulse: number | null;
  /** The last count that was received, and when it was measured. */
  readonly pulses: number;
  readonly countedAt: Date | null;
}

/**
 * The active points that speak MQTT, as devices to play; and those that went silent because their devices were not
 * played: the ones of `known`, and any that fell silent with all others. A point that is silent for itself stays so.
 */
export async function readSimulatedDevices(
  pool: Database['pool'],
  known: readonly string[] = [],
): Promise<readonly SimulatedDevice[]> {
  const { rows } = await pool.query(devicesSql, [known]);
  return rows.map((row) => rowSchema.parse(row));
}

const devicesSql = `
  SELECT p.id AS "pointId", p.code, p.type NOT IN ('RIVER', 'SPRING', 'DRAIN') AS "isPumped", p.sampling_frequency_minutes AS "samplingMinutes",
         coalesce(usual.flow, p.water_right_flow_lps::float8 * 0.7, 0) AS "nominalLps",
         coalesce(usual.level, level.value, 1) AS "levelM", 0.08 * coalesce(usual.level, level.value, 1) AS "levelSwingM",
         (v.calibration_factor * coalesce(v.liters_per_pulse, 1 / v.pulses_per_liter) / 1000)::float8 AS "m3PerPulse",
         coalesce(counted.value, 0) AS pulses, counted.measured_at AS "countedAt",
         (SELECT jsonb_agg(jsonb_build_object('channel', c.channel, 'variable', c.variable, 'isPulses', c.is_pulses))
          FROM telemetry.source_channels c WHERE c.source_id = s.id) AS channels
  FROM telemetry.catchment_points p
  JOIN telemetry.reading_sources s ON s.point_id = p.id AND s.is_active
  LEFT JOIN telemetry.providers o ON o.id = s.provider_id
  LEFT JOIN LATERAL (
    SELECT * FROM telemetry.point_variables WHERE point_id = p.id AND variable = 'TOTAL' AND is_active
    ORDER BY valid_from DESC LIMIT 1) AS v ON true
  LEFT JOIN telemetry.latest_measurements level ON level.point_id = p.id AND level.variable = 'LEVEL'
  LEFT JOIN LATERAL (
    SELECT r.value, r.measured_at FROM telemetry.raw_readings r
    JOIN telemetry.source_channels c ON c.source_id = s.id AND c.channel = r.variable AND c.is_pulses
    WHERE r.point_id = p.id AND r.source_id = s.id ORDER BY r.measured_at DESC LIMIT 1) AS counted ON true
  LEFT JOIN LATERAL (
    SELECT percentile_cont(0.9) WITHIN GROUP (ORDER BY max) FILTER (WHERE variable = 'FLOW' AND max > 0) AS flow,
           avg(sum / greatest(good_count, 1)) FILTER (WHERE variable = 'LEVEL') AS level
    FROM telemetry.measurement_rollups
    WHERE point_id = p.id AND variable IN ('FLOW', 'LEVEL') AND grain = 'DAY' AND bucket_start > now() - interval '60 days'
  ) AS usual ON true
  WHERE p.deleted_at IS NULL AND (p.status = 'ACTIVE' OR p.status = 'OFFLINE' AND (
      p.id = ANY ($1::uuid[])
      OR EXISTS (SELECT FROM telemetry.latest_measurements l WHERE l.point_id = p.id AND l.measured_at >
                 (SELECT max(measured_at) FROM telemetry.latest_measurements) - interval '3 hours')))
    AND (s.provider_id IS NULL OR o.kind = 'MQTT')
  ORDER BY p.code`;

const rowSchema = z.object({
  pointId: z.string(),
  code: z.string(),
  isPumped: z.boolean(),
  samplingMinutes: z.number(),
  nominalLps: z.number(),
  levelM: z.number(),
  levelSwingM: z.number(),
  m3PerPulse: z.number().nullable(),
  pulses: z.number(),
  countedAt: z.date().nullable(),
  channels: z
    .array(z.object({ channel: z.string(), variable: z.enum(variableKinds), isPulses: z.boolean() }))
    .nullable()
    .transform((channels) => channels ?? []),
});
