import sparkplug from 'sparkplug-payload';
import { z } from 'zod';

/** A metric of a Sparkplug payload; in data a birth's alias may stand for the name. */
export interface SparkplugMetric {
  readonly name: string | null;
  readonly alias: string | null;
  /** Epoch ms; null when it is the payload's. */
  readonly timestampMs: number | null;
  /** What JSON can say of it; undefined for tables, files and templates, which measure nothing. */
  readonly value: number | string | boolean | null | undefined;
}

export interface SparkplugPayload {
  readonly timestampMs: number | null;
  readonly seq: number | null;
  readonly metrics: readonly SparkplugMetric[];
}

/** The payload's protobuf, or null when it is none. */
export function decodePayload(bytes: Buffer): SparkplugPayload | null {
  try {
    return payloadSchema.parse(codec().decodePayload(bytes));
  } catch {
    return null;
  }
}

/** The command that makes an edge node be born again. */
export function rebirthCommand(now: Date): Buffer {
  const timestamp = now.getTime();
  const metric = { name: rebirthMetric, type: 'Boolean', value: true, timestamp } as const;
  return Buffer.from(codec().encodePayload({ timestamp, metrics: [metric] }));
}

const rebirthMetric = 'Node Control/Rebirth';

function codec() {
  const found = sparkplug.get('spBv1.0');
  if (found === undefined || found === null) throw new Error('The Sparkplug library does not know Sparkplug B');
  return found;
}

/** 64-bit numbers come as objects. */
const integer = z
  .union([z.number(), z.instanceof(Object).transform((long) => Number(String(long)))])
  .pipe(z.number().finite());

const metricSchema = z
  .object({
    name: z.string().min(1).nullish(),
    alias: integer.nullish(),
    timestamp: integer.nullish(),
    type: z.string().nullish(),
    value: z.unknown(),
  })
  .transform(
    ({ name, alias, timestamp, type, value }): SparkplugMetric => ({
      name: name ?? null,
      alias: alias == null ? null : String(alias),
      timestampMs: timestamp ?? null,
      value: plainValue(type ?? '', value),
    }),
  );

const payloadSchema = z
  .object({
    timestamp: integer.nullish(),
    seq: integer.nullish(),
    metrics: z.array(metricSchema).nullish(),
  })
  .transform(
    ({ timestamp, seq, metrics }): SparkplugPayload => ({
      timestampMs: timestamp ?? null,
      seq: seq ?? null,
      metrics: metrics ?? [],
    }),
  );

const wide = new Set(['Int64', 'UInt64', 'DateTime']);

function plainValue(type: string, value: unknown): SparkplugMetric['value'] {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean' || typeof value === 'string') return value;
  if (type === 'UInt32' && typeof value === 'number') return value >>> 0;
  // JSON has no NaN and no infinity: as text they are kept, and measure nothing.
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  return wide.has(type) ? Number(String(value)) : undefined;
}
