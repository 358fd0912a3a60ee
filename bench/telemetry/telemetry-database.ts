import { rm } from 'node:fs/promises';
import { applyMigrations } from '@cauce/prisma/migrate';
import { createDatabase } from '@cauce/shared/db/create-database';
import type { Database } from '@cauce/shared/db/database';
import { startEmbeddedPostgres } from '@cauce/shared/embedded/postgres';
import { freePort } from '@cauce/shared/test/free-port';
import { scratchFolder } from '@cauce/shared/test/scratch-folder';
import { silentLog } from '@cauce/shared/test/silent-log';

export interface BenchDatabase {
  readonly db: Database;
  stop(): Promise<void>;
}

/** An empty database with all migrations, on a Postgres of its own. */
export async function startBenchDatabase(): Promise<BenchDatabase> {
  const dir = scratchFolder('bench-telemetry');
  const postgres = await startEmbeddedPostgres({ dir, port: await freePort(), database: 'bench', isDurable: false });
  await applyMigrations(postgres.url);
  const db = createDatabase({ url: postgres.url, applicationName: 'bench', log: silentLog });
  return {
    db,
    stop: async () => {
      await db.close();
      await postgres.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** Adds points of one company, with a counter of 100 litres a pulse and the device that sends it. */
export async function addPoints({ pool }: Database, count: number): Promise<void> {
  await pool.query(
    `WITH made AS (
       INSERT INTO telemetry.catchment_points (code, name, type, site_id, company_id, sampling_frequency_minutes, meter_digits)
       SELECT 'BENCH-' || known.points + n, 'Pozo', 'WELL', uuidv7(), uuidv7(), 5, 8
       FROM generate_series(1, $1::int) AS n, (SELECT count(*) AS points FROM telemetry.catchment_points) AS known RETURNING id, code
     ), versioned AS (
       INSERT INTO telemetry.point_variables (point_id, variable, unit, valid_from, liters_per_pulse)
       SELECT id, 'TOTAL', 'm3', '2000-01-01Z', 100 FROM made
     ), sources AS (
       INSERT INTO telemetry.reading_sources (point_id, device_id) SELECT id, code FROM made RETURNING id)
     INSERT INTO telemetry.source_channels (source_id, channel, variable, is_pulses) SELECT id, 'pulses', 'TOTAL', true FROM sources`,
    [count],
  );
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
