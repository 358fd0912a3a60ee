import { applyMigrations } from '@cauce/prisma/migrate';
import { isSeeded, seedDemo } from '@cauce/prisma/seed/seed';
import pg from 'pg';
import type { Progress } from './progress.ts';

/** Brings the database up to the code, and in demo mode fills an empty one with the demo's companies. */
export async function prepareDatabase(
  url: string,
  mode: 'demo' | 'production' | 'test',
  progress: Progress,
): Promise<void> {
  await progress.step('applied the migrations', () => applyMigrations(url));
  if (mode !== 'demo') return;
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  try {
    if (await isSeeded(pool)) return;
    await progress.step('made two years of demo data', () => seedDemo(pool, new Date()));
  } finally {
    await pool.end();
  }
}
