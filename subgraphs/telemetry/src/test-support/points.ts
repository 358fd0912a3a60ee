import { randomUUID } from 'node:crypto';
import type { Database } from '@cauce/shared/db/database';
import type { VariableKind } from '../variables/variable-kinds.ts';
import { variableDefinitions } from '../variables/variable-kinds.ts';

export interface TestPoint {
  readonly id: string;
  readonly sourceId: string;
  readonly code: string;
  readonly siteId: string;
  readonly companyId: string;
}

export interface TestPointOptions {
  readonly code?: string;
  readonly siteId?: string;
  readonly companyId?: string;
  readonly variables?: readonly VariableKind[];
  readonly litersPerPulse?: string;
  readonly meterDigits?: number;
  readonly samplingMinutes?: number;
  readonly flowMax?: number;
}

/** Registers a well with a counter of 100 litres a pulse, flow and level, and the device that speaks for it. */
export async function addPoint({ pool }: Database, options: TestPointOptions = {}): Promise<TestPoint> {
  const point = {
    id: randomUUID(),
    sourceId: randomUUID(),
    code: options.code ?? `POZO-${randomUUID().slice(0, 8)}`,
    siteId: options.siteId ?? randomUUID(),
    companyId: options.companyId ?? randomUUID(),
  };
  await pool.query(
    `INSERT INTO telemetry.catchment_points (id, code, name, type, site_id, company_id, sampling_frequency_minutes, meter_digits)
     VALUES ($1, $2, 'Pozo', 'WELL', $3, $4, $5, $6)`,
    [point.id, point.code, point.siteId, point.companyId, options.samplingMinutes ?? 5, options.meterDigits ?? null],
  );
  await pool.query('INSERT INTO telemetry.reading_sources (id, point_id, device_id) VALUES ($1, $2, $3)', [
    point.sourceId,
    point.id,
    point.code,
  ]);
  for (const variable of options.variables ?? (['LEVEL', 'FLOW', 'TOTAL'] as const)) {
    const { unit, channel, isCounter } = variableDefinitions[variable];
    await pool.query(
      `INSERT INTO telemetry.point_variables (point_id, variable, unit, valid_from, liters_per_pulse, min_value, max_value)
       VALUES ($1, $2, $3, '2000-01-01Z', $4, $5, $6)`,
      [
        point.id,
        variable,
        unit,
        isCounter ? (options.litersPerPulse ?? '100') : null,
        variable === 'FLOW' ? 0 : null,
        variable === 'FLOW' ? (options.flowMax ?? 100) : null,
      ],
    );
    await pool.query(
      'INSERT INTO telemetry.source_channels (source_id, channel, variable, is_pulses) VALUES ($1, $2, $3, $4)',
      [point.sourceId, channel, variable, isCounter],
    );
  }
  return point;
}

/** The body of a device message. */
export function bodyOf(
  at: Date | string,
  values: Readonly<Record<string, unknown>>,
  id: string = randomUUID(),
): string {
  return JSON.stringify({ id, ts: typeof at === 'string' ? at : at.toISOString(), values });
}
