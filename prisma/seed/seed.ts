import type { Pool } from 'pg';
import { seedAccess } from './access.ts';
import { seedClinics } from './clinics.ts';
import { seedFinance } from './finance.ts';
import { seedInventory } from './inventory.ts';
import { seedProduction } from './production.ts';
import { seedTelemetry } from './telemetry.ts';

/** Raised when the demo's data changes, so that a database with the older one is filled up. */
const marker = { scope: 'demo-seed', key: '1' };

/** Whether the demo's data is all there; a seed that was cut short is not. */
export async function isSeeded(pool: Pool): Promise<boolean> {
  const { rowCount } = await pool.query('SELECT 1 FROM platform.idempotency_keys WHERE scope = $1 AND key = $2', [
    marker.scope,
    marker.key,
  ]);
  return rowCount !== 0;
}

/**
 * Fills the database with two years of two invented companies, up to `now`. Every part is the same for the same `now`
 * and adds nothing when it runs again.
 */
export async function seedDemo(pool: Pool, now: Date): Promise<void> {
  await seedAccess(pool, now);
  // Telemetry is made by the server itself; the others mostly by this process. Side by side they use both cores.
  await Promise.all([seedTelemetry(pool, now), seedRest(pool, now)]);
  await pool.query(
    `INSERT INTO platform.idempotency_keys (scope, key, request_hash, response, expires_at)
     VALUES ($1, $2, repeat('0', 64), '{}', 'infinity') ON CONFLICT DO NOTHING`,
    [marker.scope, marker.key],
  );
  await pool.query('ANALYZE');
}

async function seedRest(pool: Pool, now: Date): Promise<void> {
  await seedInventory(pool, now);
  await seedProduction(pool, now);
  await seedClinics(pool, now);
  await seedFinance(pool, now);
}
