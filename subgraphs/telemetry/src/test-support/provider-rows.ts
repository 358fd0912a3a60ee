import { randomUUID } from 'node:crypto';
import type { SecretBox } from '@cauce/shared/crypto/secret-box';
import type { Database } from '@cauce/shared/db/database';
import { credentialsContext, credentialsSchema, type PulledKind } from '../providers/provider-settings.ts';
import type { VariableKind } from '../variables/variable-kinds.ts';
import type { TestPoint } from './points.ts';
import { standInConnection, standInCredentials } from './provider-accounts.ts';
import type { ProviderStandIn } from './provider-stand-in.ts';

export interface TestProviderOptions {
  readonly kind?: PulledKind;
  /** Settings beside those that reach the stand-in. */
  readonly connection?: Readonly<Record<string, unknown>>;
  readonly channels?: readonly { readonly channel: string; readonly variable: VariableKind; readonly unit?: string }[];
}

/** Registers a provider that leads to the stand-in, with a device for each point, due at once. */
export async function addProvider(
  { pool }: Database,
  secretBox: SecretBox,
  standIn: ProviderStandIn,
  points: readonly { readonly point: TestPoint; readonly deviceId: string }[],
  { kind = 'TAGO', connection = {}, channels = [{ channel: 'total', variable: 'TOTAL' }] }: TestProviderOptions = {},
): Promise<{ readonly id: string; readonly sourceIds: readonly string[] }> {
  const id = randomUUID();
  const credentials = credentialsSchema.parse(standInCredentials(...points.map(({ deviceId }) => deviceId)));
  await pool.query(
    `INSERT INTO telemetry.providers (id, company_id, name, kind, connection, credentials_encrypted) VALUES ($1, $2, $3, $4, $5, $6)`,
    [
      ...[id, points[0]?.point.companyId, `Cuenta ${id.slice(0, 8)}`, kind],
      JSON.stringify({ ...standInConnection(standIn, kind, 500), ...connection }),
      secretBox.seal(JSON.stringify(credentials), credentialsContext(id)),
    ],
  );
  await pool.query(
    `INSERT INTO telemetry.provider_schedules (provider_id, name, interval_seconds, next_run_at) VALUES ($1, 'Lecturas', 300, '2000-01-01Z')`,
    [id],
  );
  const sourceIds: string[] = [];
  for (const { point, deviceId } of points) {
    const sourceId = randomUUID();
    sourceIds.push(sourceId);
    await pool.query(
      'INSERT INTO telemetry.reading_sources (id, point_id, provider_id, device_id) VALUES ($1, $2, $3, $4)',
      [sourceId, point.id, id, deviceId],
    );
    for (const { channel, variable, unit } of channels) {
      await pool.query(
        'INSERT INTO telemetry.source_channels (source_id, channel, variable, is_pulses, unit) VALUES ($1, $2, $3, $4, $5)',
        [sourceId, channel, variable, variable === 'TOTAL', unit ?? null],
      );
    }
  }
  return { id, sourceIds };
}
