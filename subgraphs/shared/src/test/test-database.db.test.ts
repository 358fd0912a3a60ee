import { describe, expect, it } from 'vitest';
import { testDatabase } from './test-database.ts';

const db = await testDatabase();
const other = await testDatabase();

describe('testDatabase', () => {
  it('gives a migrated and empty Postgres 18', async () => {
    const { rows } = await db.pool.query(
      "SELECT current_setting('server_version_num')::int AS version, uuidv7() AS id",
    );
    expect(rows[0].version).toBeGreaterThanOrEqual(180_000);
    expect(await db.client.outboxEvent.count()).toBe(0);
  });

  it('keeps the rows of one file out of every other', async () => {
    await db.pool.query("INSERT INTO platform.outbox (topic, key) VALUES ('test.rowAdded', 'a')");
    expect(await db.client.outboxEvent.count()).toBe(1);
    expect(await other.client.outboxEvent.count()).toBe(0);
  });

  it('ends a statement that takes longer than the limit, and names the process', async () => {
    const { rows } = await db.pool.query(
      "SELECT current_setting('statement_timeout') AS timeout, current_setting('application_name') AS name",
    );
    expect(rows[0]).toEqual({ timeout: '30s', name: 'cauce-test' });
  });
});
