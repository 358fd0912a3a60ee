import { testDatabase } from '@cauce/shared/test/test-database';
import { describe, expect, it } from 'vitest';
import { seedAccess } from './access.ts';
import { seedFinance } from './finance.ts';
import { seedInventory } from './inventory.ts';

const { pool } = await testDatabase();
const now = new Date('2026-11-20T18:00:00Z');

const counts = async () => {
  const { rows } = await pool.query(`SELECT
    (SELECT count(*)::int FROM finance.orders) AS orders, (SELECT count(*)::int FROM finance.order_lines) AS lines,
    (SELECT count(*)::int FROM finance.daily_metrics) AS metrics, (SELECT count(*)::int FROM finance.book_entries) AS entries,
    (SELECT count(*)::int FROM finance.workers) AS workers, (SELECT count(*)::int FROM platform.outbox WHERE topic LIKE 'finance.%') AS events`);
  return rows[0];
};

describe('the demo of finance', () => {
  it('is two years deep, announces nothing, and changes nothing when it is made again', async () => {
    await seedAccess(pool, now);
    await seedInventory(pool, now);
    await seedFinance(pool, now);
    const first = await counts();
    expect(first).toMatchObject({ events: 0 });
    expect(first.orders).toBeGreaterThan(15_000);
    expect(first.lines).toBeGreaterThan(first.orders);
    expect(first.metrics).toBeGreaterThan(10_000);
    expect(first.entries).toBeGreaterThan(2_000);
    expect(first.workers).toBeGreaterThan(180);
    await seedFinance(pool, now);
    expect(await counts()).toEqual(first);
  }, 60_000);

  it('adds up: revenue by day is the orders, and no backlog is negative', async () => {
    const { rows } = await pool.query(`SELECT
      (SELECT sum(value) FROM finance.daily_metrics WHERE metric = 'revenue') =
        (SELECT sum(total) FROM finance.orders WHERE order_type = 'SALE') AS "isEqual",
      (SELECT min(value) >= 0 FROM finance.daily_metrics WHERE metric = 'backlog') AS "isPossible"`);
    expect(rows[0]).toEqual({ isEqual: true, isPossible: true });
  });
});
