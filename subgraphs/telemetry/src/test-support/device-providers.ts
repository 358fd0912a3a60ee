import { randomUUID } from 'node:crypto';
import type { Database } from '@cauce/shared/db/database';
import type { TestPoint } from './points.ts';

export interface TestDevice {
  readonly kind: 'MQTT' | 'CHIRPSTACK' | 'SPARKPLUG';
  readonly scope: string | null;
  readonly deviceId: string;
  /** What each channel means. */
  readonly channels: Readonly<Record<string, 'LEVEL' | 'FLOW' | 'TOTAL'>>;
}

/** Registers a device that speaks for a point through a provider of the point's company; answers its source's id. */
export async function addDevice({ pool }: Database, point: TestPoint, device: TestDevice): Promise<string> {
  const { kind, scope, deviceId, channels } = device;
  const sourceId = randomUUID();
  const connection = JSON.stringify(scope === null ? {} : { scope });
  // One provider of the company for all its devices of a kind and scope.
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO telemetry.providers (company_id, name, kind, connection) VALUES ($1, $2, $3::telemetry.provider_kind, $4)
     ON CONFLICT (company_id, name) DO UPDATE SET connection = excluded.connection RETURNING id`,
    [point.companyId, `${kind} ${scope}`, kind, connection],
  );
  await pool.query(
    'INSERT INTO telemetry.reading_sources (id, point_id, provider_id, device_id) VALUES ($1, $2, $3, $4)',
    [sourceId, point.id, rows[0]?.id, deviceId],
  );
  for (const [channel, variable] of Object.entries(channels)) {
    await pool.query(
      'INSERT INTO telemetry.source_channels (source_id, channel, variable, is_pulses) VALUES ($1, $2, $3::telemetry.variable_kind, $4)',
      [sourceId, channel, variable, variable === 'TOTAL'],
    );
  }
  return sourceId;
}
