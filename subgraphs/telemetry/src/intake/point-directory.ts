import type { Prisma } from '@cauce/prisma/client';
import { z } from 'zod';
import type { MeterFacts } from '../counter/counter-reading.ts';
import { Exact } from '../exact-decimal.ts';
import { type VariableKind, variableKinds } from '../variables/variable-kinds.ts';
import { arrayLiteral, type SqlRunner } from './sql-runner.ts';

/** What the intake must know of a point to store its readings. */
export interface PointEntry {
  readonly id: string;
  readonly code: string;
  readonly siteId: string;
  readonly companyId: string;
  /** The device that speaks for it on the broker or over HTTP; null when there is none. */
  readonly sourceId: string | null;
  readonly samplingMinutes: number;
  readonly meter: MeterFacts;
  readonly channels: ReadonlyMap<string, ChannelMapping>;
  /** Constants of each quantity, oldest version first. */
  readonly versions: readonly VariableVersion[];
}

export interface ChannelMapping {
  readonly variable: VariableKind;
  readonly isPulses: boolean;
  readonly multiplier: Prisma.Decimal;
}

export interface VariableVersion {
  readonly id: string;
  readonly variable: VariableKind;
  readonly unit: string;
  readonly validFrom: Date;
  readonly pulsesPerLiter: Prisma.Decimal | null;
  readonly litersPerPulse: Prisma.Decimal | null;
  readonly calibrationFactor: Prisma.Decimal;
  readonly offset: Prisma.Decimal;
  readonly minValue: number | null;
  readonly maxValue: number | null;
  readonly maxFlowLps: number | null;
}

/** Entries by what the database said of them word for word, so that the same words are not taken apart with each batch. */
export interface PointMemory {
  read(code: string, text: string): PointEntry;
}

/** @param most entries that are kept */
export function createPointMemory(most = 10_000): PointMemory {
  const known = new Map<string, { readonly text: string; readonly entry: PointEntry }>();
  return {
    read: (code, text) => {
      const last = known.get(code);
      if (last?.text === text) return last.entry;
      const entry = rowSchema.parse(JSON.parse(text));
      if (known.size >= most) known.clear();
      known.set(code, { text, entry });
      return entry;
    },
  };
}

/** The points behind the codes of a batch, in one statement; a code that no living point has is left out. */
export async function readPoints(
  sql: SqlRunner,
  codes: readonly string[],
  memory = createPointMemory(),
): Promise<ReadonlyMap<string, PointEntry>> {
  if (codes.length === 0) return new Map();
  const rows = await sql.rows<{ code: string; text: string }>('telemetry-points', pointsSql, [arrayLiteral(codes)]);
  return new Map(rows.map(({ code, text }) => [code, memory.read(code, text)]));
}

/** The point of one source, with that source's channels; null when the point or the source is gone. */
export async function readPointOfSource(sql: SqlRunner, sourceId: string): Promise<PointEntry | null> {
  const [row] = await sql.rows('telemetry-point-of-source', pointOfSourceSql, [sourceId]);
  return row === undefined ? null : rowSchema.parse(row);
}

/** A device by its protocol's own id. */
export interface DeviceRef {
  readonly protocol: string;
  readonly scope: string | null;
  readonly deviceId: string;
}

/** For each device, the points that a source of that id speaks for: none, one, or more where it is claimed twice. */
export async function readPointsOfDevices(
  sql: SqlRunner,
  devices: readonly DeviceRef[],
): Promise<readonly (readonly PointEntry[])[]> {
  if (devices.length === 0) return [];
  const rows = await sql.rows<{ place: number }>('telemetry-points-of-devices', pointsOfDevicesSql, [
    arrayLiteral(devices.map(({ protocol }) => protocol)),
    arrayLiteral(devices.map(({ scope }) => scope)),
    arrayLiteral(devices.map(({ deviceId }) => deviceId)),
  ]);
  const found = devices.map((): PointEntry[] => []);
  for (const { place, ...row } of rows) found[place - 1]?.push(rowSchema.parse(row));
  return found;
}

const pointColumns = `p.id, p.code, p.site_id AS "siteId", p.company_id AS "companyId", s.id AS "sourceId",
         p.sampling_frequency_minutes AS "samplingMinutes", p.meter_digits AS "meterDigits",
         coalesce((SELECT jsonb_agg(jsonb_build_object('channel', c.channel, 'variable', c.variable, 'isPulses', c.is_pulses,
                     'multiplier', c.multiplier::text))
                   FROM telemetry.source_channels c WHERE c.source_id = s.id), '[]') AS channels,
         coalesce((SELECT jsonb_agg(jsonb_build_object('id', v.id, 'variable', v.variable, 'unit', v.unit,
                     'validFrom', v.valid_from, 'pulsesPerLiter', v.pulses_per_liter::text, 'litersPerPulse', v.liters_per_pulse::text,
                     'calibrationFactor', v.calibration_factor::text, 'offset', v."offset"::text,
                     'minValue', v.min_value, 'maxValue', v.max_value, 'maxFlowLps', v.max_flow_lps) ORDER BY v.valid_from)
                   FROM telemetry.point_variables v WHERE v.point_id = p.id AND v.is_active), '[]') AS versions,
         coalesce((SELECT jsonb_agg(jsonb_build_object('at', m.changed_at, 'finalM3', m.final_m3::text, 'initialM3', m.initial_m3::text,
                     'meterDigits', m.meter_digits) ORDER BY m.changed_at)
                   FROM telemetry.meter_changes m WHERE m.point_id = p.id AND m.withdrawn_at IS NULL), '[]') AS changes`;

const selectPoint = `SELECT ${pointColumns} FROM telemetry.catchment_points p`;

const pointsSql = `SELECT code, to_json(found)::text AS text FROM (${selectPoint}
  LEFT JOIN LATERAL (
    SELECT s.id FROM telemetry.reading_sources s LEFT JOIN telemetry.providers o ON o.id = s.provider_id
    WHERE s.point_id = p.id AND s.is_active AND (s.provider_id IS NULL OR o.kind IN ('MQTT', 'HTTP_PUSH'))
    ORDER BY s.created_at, s.id LIMIT 1) AS s ON true
  WHERE p.code = ANY($1::text[]) AND p.deleted_at IS NULL) AS found`;

const pointOfSourceSql = `${selectPoint}
  JOIN telemetry.reading_sources s ON s.point_id = p.id
  WHERE s.id = $1::uuid AND s.is_active AND p.deleted_at IS NULL`;

// A device without a provider is plain MQTT's, known by its own id.
const pointsOfDevicesSql = `
  SELECT given.place::int AS place, ${pointColumns}
  FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS given (protocol, scope, device_id, place)
  JOIN telemetry.reading_sources s ON s.device_id = given.device_id AND s.is_active
  LEFT JOIN telemetry.providers o ON o.id = s.provider_id
  JOIN telemetry.catchment_points p ON p.id = s.point_id AND p.deleted_at IS NULL
  WHERE CASE WHEN s.provider_id IS NULL THEN given.protocol = 'MQTT'
             ELSE o.is_active AND o.kind::text = given.protocol AND (o.connection ->> 'scope') IS NOT DISTINCT FROM given.scope END
  ORDER BY given.place, s.id`;

/** A point by its id, with the channels of all its sources left out: for what reads raw readings with their own. */
export async function readPointById(sql: SqlRunner, id: string): Promise<PointEntry | null> {
  const [row] = await sql.rows('telemetry-point-by-id', pointByIdSql, [id]);
  return row === undefined ? null : rowSchema.parse(row);
}

const pointByIdSql = `${selectPoint}
  LEFT JOIN telemetry.reading_sources s ON false
  WHERE p.id = $1::uuid AND p.deleted_at IS NULL`;

const decimal = z.string().transform((text) => new Exact(text));
const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

const rowSchema = z
  .object({
    id: z.string(),
    code: z.string(),
    siteId: z.string(),
    companyId: z.string(),
    sourceId: z.string().nullable(),
    samplingMinutes: z.number(),
    meterDigits: z.number().nullable(),
    channels: z.array(
      z.object({ channel: z.string(), variable: z.enum(variableKinds), isPulses: z.boolean(), multiplier: decimal }),
    ),
    versions: z.array(
      z.object({
        id: z.string(),
        variable: z.enum(variableKinds),
        unit: z.string(),
        validFrom: instant,
        pulsesPerLiter: decimal.nullable(),
        litersPerPulse: decimal.nullable(),
        calibrationFactor: decimal,
        offset: decimal,
        minValue: z.number().nullable(),
        maxValue: z.number().nullable(),
        maxFlowLps: z.number().nullable(),
      }),
    ),
    changes: z.array(
      z.object({ at: instant, finalM3: decimal.nullable(), initialM3: decimal, meterDigits: z.number().nullable() }),
    ),
  })
  .transform(
    ({ meterDigits, changes, channels, ...point }): PointEntry => ({
      ...point,
      meter: {
        capacityM3: capacityOf(meterDigits),
        changes: changes.map(({ at, meterDigits: digits, ...change }) => ({
          ...change,
          at: at.getTime(),
          capacityM3: capacityOf(digits),
        })),
      },
      channels: new Map(channels.map(({ channel, ...mapping }) => [channel, mapping])),
    }),
  );

function capacityOf(digits: number | null): Prisma.Decimal | null {
  return digits === null ? null : new Exact(10).pow(digits);
}
